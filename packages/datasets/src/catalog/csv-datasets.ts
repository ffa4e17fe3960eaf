import { csvTable } from './csv-table.ts'
import type { Definition } from './definition.ts'
import * as exploring from './schemas/exploring.ts'
import * as housing from './schemas/housing.ts'
import * as people from './schemas/people.ts'
import * as series from './schemas/series.ts'
import type { ColumnsOf, Schema, Table } from '../table.ts'

type TableOf<S extends Schema> = Table<ColumnsOf<S>>

/** The sets that are one CSV file with a header. */
export interface CsvDatasets {
  titanic: TableOf<typeof exploring.titanic>
  'titanic-passengers': TableOf<typeof exploring.titanicPassengers>
  penguins: TableOf<typeof exploring.penguins>
  tips: TableOf<typeof exploring.tips>
  mpg: TableOf<typeof exploring.mpg>
  diamonds: TableOf<typeof exploring.diamonds>
  taxis: TableOf<typeof exploring.taxis>
  healthexp: TableOf<typeof exploring.healthexp>
  anscombe: TableOf<typeof exploring.anscombe>
  geyser: TableOf<typeof exploring.geyser>
  'california-housing': TableOf<typeof housing.californiaHousing>
  'ames-housing': TableOf<typeof housing.amesHousing>
  'credit-default': TableOf<typeof people.creditDefault>
  'credit-scoring': TableOf<typeof people.creditScoring>
  'heart-disease': TableOf<typeof people.heartDisease>
  'telco-churn': TableOf<typeof people.telcoChurn>
  'ab-test': TableOf<typeof people.abTest>
  'cookie-cats': TableOf<typeof people.cookieCats>
  'mall-customers': TableOf<typeof people.mallCustomers>
  chile: TableOf<typeof people.chile>
  flights: TableOf<typeof series.flights>
  'airline-passengers': TableOf<typeof series.airlinePassengers>
  'monthly-sunspots': TableOf<typeof series.monthlySunspots>
  'daily-min-temperatures': TableOf<typeof series.dailyMinTemperatures>
  'daily-female-births': TableOf<typeof series.dailyFemaleBirths>
  'shampoo-sales': TableOf<typeof series.shampooSales>
  'monthly-car-sales': TableOf<typeof series.monthlyCarSales>
  co2: TableOf<typeof series.co2>
  nile: TableOf<typeof series.nile>
  sunspots: TableOf<typeof series.sunspots>
  macrodata: TableOf<typeof series.macrodata>
  longley: TableOf<typeof series.longley>
  elnino: TableOf<typeof series.elnino>
  'eu-stock-markets': TableOf<typeof series.euStockMarkets>
  'seattle-weather': TableOf<typeof series.seattleWeather>
}

export const csvDatasets: { readonly [Name in keyof CsvDatasets]: Definition<CsvDatasets[Name]> } = {
  titanic: csvTable('titanic', 'titanic.csv', exploring.titanic, 'Passengers of the Titanic and who survived'),
  'titanic-passengers': csvTable(
    'titanic',
    'kaggle_train.csv',
    exploring.titanicPassengers,
    'The same passengers with names, tickets and cabins',
  ),
  penguins: csvTable('penguins', 'penguins.csv', exploring.penguins, 'Three species of penguins, measured'),
  tips: csvTable('tips', 'tips.csv', exploring.tips, 'Bills and tips of a restaurant'),
  mpg: csvTable('mpg', 'mpg.csv', exploring.mpg, 'Fuel use of cars, 1970 to 1982'),
  diamonds: csvTable('diamonds', 'diamonds.csv', exploring.diamonds, 'Prices and qualities of diamonds'),
  taxis: csvTable('taxis', 'taxis.csv', exploring.taxis, 'Taxi rides in New York, March 2019'),
  healthexp: csvTable(
    'healthexp',
    'healthexp.csv',
    exploring.healthexp,
    'Spending on health and length of life in six countries',
  ),
  anscombe: csvTable(
    'anscombe',
    'anscombe.csv',
    exploring.anscombe,
    'Four sets of points with the same statistics and different pictures',
  ),
  geyser: csvTable('geyser', 'geyser.csv', exploring.geyser, 'Eruptions of Old Faithful'),
  'california-housing': csvTable(
    'california-housing',
    'housing.csv',
    housing.californiaHousing,
    'House prices by district of California, 1990',
  ),
  'ames-housing': csvTable(
    'ames-housing',
    'ames_openintro.csv',
    housing.amesHousing,
    'House sales in Ames, Iowa, with 82 columns',
  ),
  'credit-default': csvTable(
    'credit',
    'Default.csv',
    people.creditDefault,
    'Credit-card holders and who could not pay (simulated)',
  ),
  'credit-scoring': csvTable(
    'credit',
    'credit_data.csv',
    people.creditScoring,
    'Applicants for a credit, good and bad',
  ),
  'heart-disease': csvTable(
    'heart-disease',
    'heartdisease.csv',
    people.heartDisease,
    'Patients with and without heart disease',
  ),
  'telco-churn': csvTable(
    'telco-churn',
    'Telco-Customer-Churn.csv',
    people.telcoChurn,
    'Customers of a telephone company and who left',
  ),
  'ab-test': csvTable(
    'ab-test',
    'gsearch.csv',
    people.abTest,
    'Three ways to search, and who had to search again (simulated)',
  ),
  'cookie-cats': csvTable(
    'cookie-cats',
    'cookie_cats.csv',
    people.cookieCats,
    'An A/B test in a game: who still plays after a day, after a week',
  ),
  'mall-customers': csvTable(
    'mall-customers',
    'Mall_Customers.csv',
    people.mallCustomers,
    'Customers of a shopping mall by age, income and spending',
  ),
  chile: csvTable('elections', 'Chile.csv', people.chile, 'Voters asked before the Chilean plebiscite of 1988'),
  flights: csvTable('flights', 'flights.csv', series.flights, 'Airline passengers by year and month'),
  'airline-passengers': csvTable(
    'time-series',
    'airline-passengers.csv',
    series.airlinePassengers,
    'Airline passengers (thousands), monthly, 1949 to 1960',
  ),
  'monthly-sunspots': csvTable(
    'time-series',
    'monthly-sunspots.csv',
    series.monthlySunspots,
    'Sunspots, monthly, 1749 to 1983',
  ),
  'daily-min-temperatures': csvTable(
    'time-series',
    'daily-min-temperatures.csv',
    series.dailyMinTemperatures,
    'Lowest temperature of each day in Melbourne, 1981 to 1990',
  ),
  'daily-female-births': csvTable(
    'time-series',
    'daily-total-female-births.csv',
    series.dailyFemaleBirths,
    'Girls born each day in California, 1959',
  ),
  'shampoo-sales': csvTable(
    'time-series',
    'shampoo.csv',
    series.shampooSales,
    'Sales of shampoo, monthly, three years',
  ),
  'monthly-car-sales': csvTable(
    'time-series',
    'monthly-car-sales.csv',
    series.monthlyCarSales,
    'Cars sold in Quebec, monthly, 1960 to 1968',
  ),
  co2: csvTable('statsmodels', 'co2.csv', series.co2, 'Carbon dioxide at Mauna Loa, weekly, with gaps'),
  nile: csvTable('statsmodels', 'nile.csv', series.nile, 'Flow of the Nile at Aswan, yearly, 1871 to 1970'),
  sunspots: csvTable('statsmodels', 'sunspots.csv', series.sunspots, 'Sunspots, yearly, 1700 to 2008'),
  macrodata: csvTable('statsmodels', 'macrodata.csv', series.macrodata, 'Economy of the USA, quarterly, 1959 to 2009'),
  longley: csvTable('statsmodels', 'longley.csv', series.longley, 'Sixteen years of an economy, nearly collinear'),
  elnino: csvTable('statsmodels', 'elnino.csv', series.elnino, 'Temperature of the Pacific by year and month'),
  'eu-stock-markets': csvTable(
    'stocks',
    'EuStockMarkets.csv',
    series.euStockMarkets,
    'Four European share indices, daily, 1991 to 1998',
  ),
  'seattle-weather': csvTable(
    'vega',
    'seattle-weather.csv',
    series.seattleWeather,
    'Weather of Seattle, daily, 2012 to 2015',
  ),
}
