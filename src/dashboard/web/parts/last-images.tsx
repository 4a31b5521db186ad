import { useState } from 'react';
import type { Tonight } from '../../tonight.ts';
import { utcOf } from '../format/time.ts';
import { Section } from './section.tsx';

type LastImage = Tonight['lastImages'][number];

const SHOWN = 4;

export function LastImages({ images }: { images: readonly LastImage[] }) {
  return (
    <Section title="Last images" className="area-images" testId="last-image">
      {images.length === 0 ? (
        <p className="empty">
          No image yet tonight. Each one appears here a few seconds after its shutter has closed.
        </p>
      ) : (
        <div className="images">
          {images.slice(0, SHOWN).map((image, place) => (
            // A place keeps its picture until the next one is decoded, so that nothing flickers.
            // biome-ignore lint/suspicious/noArrayIndexKey: the place is the identity here
            <Thumbnail key={place} image={image} />
          ))}
        </div>
      )}
    </Section>
  );
}

function Thumbnail({ image }: { image: LastImage }) {
  const [missing, setMissing] = useState<string | null>(null);
  const isMissing = missing === image.preview;
  return (
    <figure className="image">
      <div className="image-frame">
        {isMissing ? (
          <span className="image-missing">No preview</span>
        ) : (
          <img
            src={image.preview}
            alt={`${image.sequence}, camera ${image.channel}, filter ${image.filter}`}
            onError={() => setMissing(image.preview)}
          />
        )}
      </div>
      <figcaption>
        <span className="image-name">{image.sequence}</span>
        <span className="image-facts">
          {image.channel} {image.filter} · {image.seconds} s · {utcOf(image.startAt)}Z
        </span>
      </figcaption>
    </figure>
  );
}
