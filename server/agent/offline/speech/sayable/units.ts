/** What is measured in: the sign, one of it, many of it. */

const TABLE = `
km kilometer kilometers|cm centimeter centimeters|mm millimeter millimeters|m meter meters|nm nanometer nanometers
um micrometer micrometers|mi mile miles|yd yard yards|yds yard yards|ft foot feet|in inch inches
kg kilogram kilograms|g gram grams|mg milligram milligrams|ug microgram micrograms|mcg microgram micrograms|lb pound pounds
lbs pound pounds|oz ounce ounces|l liter liters|L liter liters|ml milliliter milliliters|mL milliliter milliliters
cl centiliter centiliters|gal gallon gallons|qt quart quarts|tsp teaspoon teaspoons|tbsp tablespoon tablespoons
km/h kilometer_per_hour kilometers_per_hour|kph kilometer_per_hour kilometers_per_hour|kmh kilometer_per_hour kilometers_per_hour
mph mile_per_hour miles_per_hour|m/s meter_per_second meters_per_second|mpg mile_per_gallon miles_per_gallon
m2 square_meter square_meters|km2 square_kilometer square_kilometers|cm2 square_centimeter square_centimeters
m3 cubic_meter cubic_meters|cm3 cubic_centimeter cubic_centimeters|ft2 square_foot square_feet|mi2 square_mile square_miles
sqm square_meter square_meters|sq_m square_meter square_meters|sq_ft square_foot square_feet|sqft square_foot square_feet
sq_mi square_mile square_miles|sq_km square_kilometer square_kilometers|cc cubic_centimeter cubic_centimeters|ha hectare hectares
h hour hours|hr hour hours|hrs hour hours|min minute minutes|mins minute minutes|s second seconds|sec second seconds
secs second seconds|ms millisecond milliseconds|wk week weeks|wks week weeks|mo month months|mos month months|yr year years|yrs year years
B byte bytes|KB kilobyte kilobytes|kB kilobyte kilobytes|MB megabyte megabytes|GB gigabyte gigabytes|TB terabyte terabytes|PB petabyte petabytes
kbps kilobit_per_second kilobits_per_second|kbit/s kilobit_per_second kilobits_per_second|Mbps megabit_per_second megabits_per_second
Mbit/s megabit_per_second megabits_per_second|MB/s megabyte_per_second megabytes_per_second|Gbps gigabit_per_second gigabits_per_second
Hz hertz hertz|kHz kilohertz kilohertz|MHz megahertz megahertz|GHz gigahertz gigahertz|rpm revolution_per_minute revolutions_per_minute
W watt watts|kW kilowatt kilowatts|MW megawatt megawatts|GW gigawatt gigawatts|kWh kilowatt_hour kilowatt_hours|Wh watt_hour watt_hours
V volt volts|kV kilovolt kilovolts|mA milliamp milliamps|mAh milliamp_hour milliamp_hours|hPa hectopascal hectopascals|bar bar bar|psi P_S_I P_S_I
dB decibel decibels|kcal kilocalorie kilocalories|cal calorie calories|px pixel pixels|fps frame_per_second frames_per_second
dpi D_P_I D_P_I|hp horsepower horsepower|Nm newton_meter newton_meters|pct percent percent|% percent percent|bps bit_per_second bits_per_second
`;

/** By sign, small and capital letters told apart. */
export const UNITS: ReadonlyMap<string, readonly [one: string, many: string]> = new Map(
  TABLE.trim()
    .split(/[|\n]/)
    .map((row) => {
      const [sign = '', one = '', many = ''] = row
        .split(' ')
        .map((part) => part.replaceAll('_', ' '));
      return [sign, [one, many]] as const;
    }),
);
