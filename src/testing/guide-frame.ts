/**
 * The PLC's answer to STATUS that the guide prints at L3268, character for character but for the ends of
 * lines. The printed copy lost brackets; these are put back, and nothing else: the one that closes
 * WXT520's RainRate, the one that closes each device, and the last `]}]`.
 */
export const GUIDE_FRAME_TEXT = `[{"name": "STATUS", "from": "Beckhoff", "version_firmware": "20170809", "site": "OSM-Mexico", "date": "2017-03-03T13:45:00", "device": [
{"name": "WXT520", "type": "meteo", "serial_number": "14656423", "valid": "yes",
"values": [{"name": "OutsideTemp", "value": 12.12, "unit": "Celcius", "comment": ""},
{"name": "OutsideHumidity", "value": 64.1, "unit": "percent", "comment": ""},
{"name": "Pressure", "value": 769.2, "unit": "mbar", "comment": "At site elevation"},
{"name": "RainRate", "value": 0.0, "unit": "mm/h", "comment": ""},
{"name": "WindSpeed", "value": 3.1, "unit": "m/s", "comment": ""},
{"name": "WindDir", "value": 202.3, "unit": "deg", "comment": "(N=0, E=90)"},
{"name": "DewPoint", "value": 8.3, "unit": "deg", "comment": ""}]},
{"name": "DRD11", "type": "meteo", "serial_number": "RET6789", "valid": "yes",
"values": [{"name": "analog", "value": 2.345, "unit": "V", "comment": "3V=Dry <2.5V=Rain"},
{"name": "digital", "value": 1, "unit": "bool", "comment": "1=Dry 0=Rain"}]},
{"name": "VantagePro", "type": "meteo", "serial_number": "ERTRY2344324", "valid": "no",
"values": [{"name": "OutsideTemp", "value": 12.45, "unit": "Celcius", "comment": ""},
{"name": "InsideTemp", "value": 20.28, "unit": "Celcius", "comment": ""},
{"name": "OutsideHumidity", "value": 65.3, "unit": "percent", "comment": ""},
{"name": "InsideHumidity", "value": 45.6, "unit": "percent", "comment": ""},
{"name": "Pressure", "value": 768.7, "unit": "mbar", "comment": "At site elevation"},
{"name": "RainRate", "value": 0.0, "unit": "mm/h", "comment": ""},
{"name": "WindSpeed", "value": 2.8, "unit": "m/s", "comment": ""},
{"name": "WindDir", "value": 207.0, "unit": "deg", "comment": "(N=0, E=90)"},
{"name": "WindDirCardinal", "value": "SW", "unit": "string", "comment": ""},
{"name": "DewPoint", "value": 8.5, "unit": "deg", "comment": ""}]},
{"name": "MLX90614-1", "type": "meteo", "serial_number": "Unknown", "valid": "yes",
"values": [{"name": "SensorTemperature", "value": 23.56, "unit": "Celcius", "comment": ""},
{"name": "SkyTemperature", "value": -15.67, "unit": "Celcius", "comment": "Clear<-10 VeryCloudy>4"}]},
{"name": "LAMP_FLAT_CAGIRE", "type": "calib", "serial_number": "REF_3434", "valid": "yes",
"values": [{"name": "status", "value": "on", "unit": "string", "comment": "on or off"},
{"name": "current", "value": 0.234, "unit": "Ampere", "comment": ""}]},
{"name": "LAMP FLAT CAGIRE", "type": "calib", "serial_number": "REF_3434", "valid": "yes",
"values": [{"name": "status", "value": "on", "unit": "string", "comment": "on or off"},
{"name": "current", "value": 0.234, "unit": "Ampere", "comment": ""}]}]}]`;
