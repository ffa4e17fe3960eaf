import { csvTable } from './csv-table.ts'
import type { Definition } from './definition.ts'
import { exploringSchemas } from './schemas/exploring.ts'
import { housingSchemas } from './schemas/housing.ts'
import { peopleSchemas } from './schemas/people.ts'
import { seriesSchemas } from './schemas/series.ts'
import type { ColumnsOf, Schema, Table } from '../table.ts'

/** The table that a schema describes. */
export type TableOf<S extends Schema> = Table<ColumnsOf<S>>

/** The sets that are one CSV file with a header. */
export interface CsvDatasets {
  titanic: TableOf<typeof exploringSchemas.titanic>
  'titanic-passengers': TableOf<typeof exploringSchemas.titanicPassengers>
  penguins: TableOf<typeof exploringSchemas.penguins>
  tips: TableOf<typeof exploringSchemas.tips>
  mpg: TableOf<typeof exploringSchemas.mpg>
  diamonds: TableOf<typeof exploringSchemas.diamonds>
  taxis: TableOf<typeof exploringSchemas.taxis>
  healthexp: TableOf<typeof exploringSchemas.healthexp>
  anscombe: TableOf<typeof exploringSchemas.anscombe>
  geyser: TableOf<typeof exploringSchemas.geyser>
  'california-housing': TableOf<typeof housingSchemas.californiaHousing>
  'ames-housing': TableOf<typeof housingSchemas.amesHousing>
  'credit-default': TableOf<typeof peopleSchemas.creditDefault>
  'credit-scoring': TableOf<typeof peopleSchemas.creditScoring>
  'heart-disease': TableOf<typeof peopleSchemas.heartDisease>
  'telco-churn': TableOf<typeof peopleSchemas.telcoChurn>
  'ab-test': TableOf<typeof peopleSchemas.abTest>
  'cookie-cats': TableOf<typeof peopleSchemas.cookieCats>
  'mall-customers': TableOf<typeof peopleSchemas.mallCustomers>
  chile: TableOf<typeof peopleSchemas.chile>
  flights: TableOf<typeof seriesSchemas.flights>
  'airline-passengers': TableOf<typeof seriesSchemas.airlinePassengers>
  'monthly-sunspots': TableOf<typeof seriesSchemas.monthlySunspots>
  'daily-min-temperatures': TableOf<typeof seriesSchemas.dailyMinTemperatures>
  'daily-female-births': TableOf<typeof seriesSchemas.dailyFemaleBirths>
  'shampoo-sales': TableOf<typeof seriesSchemas.shampooSales>
  'monthly-car-sales': TableOf<typeof seriesSchemas.monthlyCarSales>
  co2: TableOf<typeof seriesSchemas.co2>
  nile: TableOf<typeof seriesSchemas.nile>
  sunspots: TableOf<typeof seriesSchemas.sunspots>
  macrodata: TableOf<typeof seriesSchemas.macrodata>
  longley: TableOf<typeof seriesSchemas.longley>
  elnino: TableOf<typeof seriesSchemas.elnino>
  'eu-stock-markets': TableOf<typeof seriesSchemas.euStockMarkets>
  'seattle-weather': TableOf<typeof seriesSchemas.seattleWeather>
}

export const csvDatasets: { readonly [Name in keyof CsvDatasets]: Definition<CsvDatasets[Name]> } = {
  titanic: csvTable('titanic', 'titanic.csv', exploringSchemas.titanic, 'Passengers of the Titanic and who survived'),
  'titanic-passengers': csvTable(
    'titanic',
    'kaggle_train.csv',
    exploringSchemas.titanicPassengers,
    'The same passengers with names, tickets and cabins',
  ),
  penguins: csvTable('penguins', 'penguins.csv', exploringSchemas.penguins, 'Three species of penguins, measured'),
  tips: csvTable('tips', 'tips.csv', exploringSchemas.tips, 'Bills and tips of a restaurant'),
  mpg: csvTable('mpg', 'mpg.csv', exploringSchemas.mpg, 'Fuel use of cars, 1970 to 1982'),
  diamonds: csvTable('diamonds', 'diamonds.csv', exploringSchemas.diamonds, 'Prices and qualities of diamonds'),
  taxis: csvTable('taxis', 'taxis.csv', exploringSchemas.taxis, 'Taxi rides in New York, March 2019'),
  healthexp: csvTable(
    'healthexp',
    'healthexp.csv',
    exploringSchemas.healthexp,
    'Spending on health and length of life in six countries',
  ),
  anscombe: csvTable(
    'anscombe',
    'anscombe.csv',
    exploringSchemas.anscombe,
    'Four sets of points with the same statistics and different pictures',
  ),
  geyser: csvTable('geyser', 'geyser.csv', exploringSchemas.geyser, 'Eruptions of Old Faithful'),
  'california-housing': csvTable(
    'california-housing',
    'housing.csv',
    housingSchemas.californiaHousing,
    'House prices by district of California, 1990',
  ),
  'ames-housing': csvTable(
    'ames-housing',
    'ames_openintro.csv',
    housingSchemas.amesHousing,
    'House sales in Ames, Iowa, with 82 columns',
  ),
  'credit-default': csvTable(
    'credit',
    'Default.csv',
    peopleSchemas.creditDefault,
    'Credit-card holders and who could not pay (simulated)',
  ),
  'credit-scoring': csvTable(
    'credit',
    'credit_data.csv',
    peopleSchemas.creditScoring,
    'Applicants for a credit, good and bad',
  ),
  'heart-disease': csvTable(
    'heart-disease',
    'heartdisease.csv',
    peopleSchemas.heartDisease,
    'Patients with and without heart disease',
  ),
  'telco-churn': csvTable(
    'telco-churn',
    'Telco-Customer-Churn.csv',
    peopleSchemas.telcoChurn,
    'Customers of a telephone company and who left',
  ),
  'ab-test': csvTable(
    'ab-test',
    'gsearch.csv',
    peopleSchemas.abTest,
    'Three ways to search, and who had to search again (simulated)',
  ),
  'cookie-cats': csvTable(
    'cookie-cats',
    'cookie_cats.csv',
    peopleSchemas.cookieCats,
    'An A/B test in a game: who still plays after a day, after a week',
  ),
  'mall-customers': csvTable(
    'mall-customers',
    'Mall_Customers.csv',
    peopleSchemas.mallCustomers,
    'Customers of a shopping mall by age, income and spending',
  ),
  chile: csvTable('elections', 'Chile.csv', peopleSchemas.chile, 'Voters asked before the Chilean plebiscite of 1988'),
  flights: csvTable('flights', 'flights.csv', seriesSchemas.flights, 'Airline passengers by year and month'),
  'airline-passengers': csvTable(
    'time-series',
    'airline-passengers.csv',
    seriesSchemas.airlinePassengers,
    'Airline passengers (thousands), monthly, 1949 to 1960',
  ),
  'monthly-sunspots': csvTable(
    'time-series',
    'monthly-sunspots.csv',
    seriesSchemas.monthlySunspots,
    'Sunspots, monthly, 1749 to 1983',
  ),
  'daily-min-temperatures': csvTable(
    'time-series',
    'daily-min-temperatures.csv',
    seriesSchemas.dailyMinTemperatures,
    'Lowest temperature of each day in Melbourne, 1981 to 1990',
  ),
  'daily-female-births': csvTable(
    'time-series',
    'daily-total-female-births.csv',
    seriesSchemas.dailyFemaleBirths,
    'Girls born each day in California, 1959',
  ),
  'shampoo-sales': csvTable(
    'time-series',
    'shampoo.csv',
    seriesSchemas.shampooSales,
    'Sales of shampoo, monthly, three years',
  ),
  'monthly-car-sales': csvTable(
    'time-series',
    'monthly-car-sales.csv',
    seriesSchemas.monthlyCarSales,
    'Cars sold in Quebec, monthly, 1960 to 1968',
  ),
  co2: csvTable('statsmodels', 'co2.csv', seriesSchemas.co2, 'Carbon dioxide at Mauna Loa, weekly, with gaps'),
  nile: csvTable('statsmodels', 'nile.csv', seriesSchemas.nile, 'Flow of the Nile at Aswan, yearly, 1871 to 1970'),
  sunspots: csvTable('statsmodels', 'sunspots.csv', seriesSchemas.sunspots, 'Sunspots, yearly, 1700 to 2008'),
  macrodata: csvTable(
    'statsmodels',
    'macrodata.csv',
    seriesSchemas.macrodata,
    'Economy of the USA, quarterly, 1959 to 2009',
  ),
  longley: csvTable(
    'statsmodels',
    'longley.csv',
    seriesSchemas.longley,
    'Sixteen years of an economy, nearly collinear',
  ),
  elnino: csvTable('statsmodels', 'elnino.csv', seriesSchemas.elnino, 'Temperature of the Pacific by year and month'),
  'eu-stock-markets': csvTable(
    'stocks',
    'EuStockMarkets.csv',
    seriesSchemas.euStockMarkets,
    'Four European share indices, daily, 1991 to 1998',
  ),
  'seattle-weather': csvTable(
    'vega',
    'seattle-weather.csv',
    seriesSchemas.seattleWeather,
    'Weather of Seattle, daily, 2012 to 2015',
  ),
}
