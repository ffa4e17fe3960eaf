// What each column of a file holds. Sets to explore and draw.

export const titanic = {
  survived: 'number',
  pclass: 'number',
  sex: ['female', 'male'],
  age: 'number',
  sibsp: 'number',
  parch: 'number',
  fare: 'number',
  embarked: ['C', 'Q', 'S', null],
  class: ['First', 'Second', 'Third'],
  who: ['child', 'man', 'woman'],
  adult_male: 'boolean',
  deck: ['A', 'B', 'C', 'D', 'E', 'F', 'G', null],
  embark_town: ['Cherbourg', 'Queenstown', 'Southampton', null],
  alive: ['no', 'yes'],
  alone: 'boolean',
} as const

export const titanicPassengers = {
  PassengerId: 'number',
  Survived: 'number',
  Pclass: 'number',
  Name: 'text',
  Sex: ['female', 'male'],
  Age: 'number',
  SibSp: 'number',
  Parch: 'number',
  Ticket: 'text',
  Fare: 'number',
  Cabin: 'text?',
  Embarked: ['C', 'Q', 'S', null],
} as const

export const penguins = {
  species: ['Adelie', 'Chinstrap', 'Gentoo'],
  island: ['Biscoe', 'Dream', 'Torgersen'],
  bill_length_mm: 'number',
  bill_depth_mm: 'number',
  flipper_length_mm: 'number',
  body_mass_g: 'number',
  sex: ['FEMALE', 'MALE', null],
} as const

export const tips = {
  total_bill: 'number',
  tip: 'number',
  sex: ['Female', 'Male'],
  smoker: ['No', 'Yes'],
  day: ['Fri', 'Sat', 'Sun', 'Thur'],
  time: ['Dinner', 'Lunch'],
  size: 'number',
} as const

export const mpg = {
  mpg: 'number',
  cylinders: 'number',
  displacement: 'number',
  horsepower: 'number',
  weight: 'number',
  acceleration: 'number',
  model_year: 'number',
  origin: ['europe', 'japan', 'usa'],
  name: 'text',
} as const

export const diamonds = {
  carat: 'number',
  cut: ['Fair', 'Good', 'Ideal', 'Premium', 'Very Good'],
  color: ['D', 'E', 'F', 'G', 'H', 'I', 'J'],
  clarity: ['I1', 'IF', 'SI1', 'SI2', 'VS1', 'VS2', 'VVS1', 'VVS2'],
  depth: 'number',
  table: 'number',
  price: 'number',
  x: 'number',
  y: 'number',
  z: 'number',
} as const

export const taxis = {
  pickup: 'text',
  dropoff: 'text',
  passengers: 'number',
  distance: 'number',
  fare: 'number',
  tip: 'number',
  tolls: 'number',
  total: 'number',
  color: ['green', 'yellow'],
  payment: ['cash', 'credit card', null],
  pickup_zone: 'text?',
  dropoff_zone: 'text?',
  pickup_borough: ['Bronx', 'Brooklyn', 'Manhattan', 'Queens', null],
  dropoff_borough: ['Bronx', 'Brooklyn', 'Manhattan', 'Queens', 'Staten Island', null],
} as const

export const healthexp = {
  Year: 'number',
  Country: ['Canada', 'France', 'Germany', 'Great Britain', 'Japan', 'USA'],
  Spending_USD: 'number',
  Life_Expectancy: 'number',
} as const

export const anscombe = {
  dataset: ['I', 'II', 'III', 'IV'],
  x: 'number',
  y: 'number',
} as const

export const geyser = {
  duration: 'number',
  waiting: 'number',
  kind: ['long', 'short'],
} as const
