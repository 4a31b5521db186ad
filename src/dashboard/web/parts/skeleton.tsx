/** The page before its first data: the same places, empty. */
export function Skeleton() {
  return (
    <main className="page skeleton" aria-busy="true" aria-label="Waiting for the observatory">
      <div className="bone bone-sentence" />
      <div className="bone bone-states" />
      <div className="page-left">
        <div className="bone bone-night" />
        <div className="bone bone-weather" />
      </div>
      <div className="page-right">
        <div className="bone bone-sky" />
      </div>
    </main>
  );
}
