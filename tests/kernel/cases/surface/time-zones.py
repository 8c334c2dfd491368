# expect: 2024-07-01 12:00:00+02:00 2050-07-01 12:00:00+02:00 True ZoneInfoNotFoundError None
# Time zones are there, to the rules of the far future, and a name that is none is refused as ever.
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

paris = ZoneInfo("Europe/Paris")
now, later = (datetime(year, 7, 1, 12, tzinfo=paris) for year in (2024, 2050))
try:
    ZoneInfo("Europe/Nowhere")
    refused = None
except ZoneInfoNotFoundError as error:
    refused = error
advice = "advice" if "yodide" in str(refused) else None
print(now, later, len(available_timezones()) > 400, type(refused).__name__, advice)
