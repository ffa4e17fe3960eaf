// What each column of a file holds. Customers, patients, voters, players.

export const creditDefault = {
  default: ['No', 'Yes'],
  student: ['No', 'Yes'],
  balance: 'number',
  income: 'number',
} as const

export const creditScoring = {
  Status: ['bad', 'good'],
  Seniority: 'number',
  Home: ['ignore', 'other', 'owner', 'parents', 'priv', 'rent', null],
  Time: 'number',
  Age: 'number',
  Marital: ['divorced', 'married', 'separated', 'single', 'widow', null],
  Records: ['no', 'yes'],
  Job: ['fixed', 'freelance', 'others', 'partime', null],
  Expenses: 'number',
  Income: 'number',
  Assets: 'number',
  Debt: 'number',
  Amount: 'number',
  Price: 'number',
} as const

export const heartDisease = {
  Age: 'number',
  Sex: ['F', 'M'],
  RestingBP: 'number',
  Cholesterol: 'number',
  FastingBS: 'number',
  RestingECG: ['LVH', 'Normal', 'ST'],
  MaxHR: 'number',
  Angina: ['N', 'Y'],
  HeartPeakReading: 'number',
  HeartDisease: 'number',
} as const

export const telcoChurn = {
  customerID: 'text',
  gender: ['Female', 'Male'],
  SeniorCitizen: 'number',
  Partner: ['No', 'Yes'],
  Dependents: ['No', 'Yes'],
  tenure: 'number',
  PhoneService: ['No', 'Yes'],
  MultipleLines: ['No', 'No phone service', 'Yes'],
  InternetService: ['DSL', 'Fiber optic', 'No'],
  OnlineSecurity: ['No', 'No internet service', 'Yes'],
  OnlineBackup: ['No', 'No internet service', 'Yes'],
  DeviceProtection: ['No', 'No internet service', 'Yes'],
  TechSupport: ['No', 'No internet service', 'Yes'],
  StreamingTV: ['No', 'No internet service', 'Yes'],
  StreamingMovies: ['No', 'No internet service', 'Yes'],
  Contract: ['Month-to-month', 'One year', 'Two year'],
  PaperlessBilling: ['No', 'Yes'],
  PaymentMethod: ['Bank transfer (automatic)', 'Credit card (automatic)', 'Electronic check', 'Mailed check'],
  MonthlyCharges: 'number',
  TotalCharges: 'number',
  Churn: ['No', 'Yes'],
} as const

export const abTest = {
  type: ['new search', 'no new search'],
  outcome: ['current', 'test 1', 'test 2'],
} as const

export const cookieCats = {
  userid: 'number',
  test_version: ['gate_30', 'gate_40'],
  sum_gamerounds: 'number',
  retention_1: 'boolean',
  retention_7: 'boolean',
} as const

export const mallCustomers = {
  CustomerID: 'number',
  Genre: ['Female', 'Male'],
  Age: 'number',
  Annual_Income: 'number',
  Spending_Score: 'number',
} as const

export const chile = {
  region: ['C', 'M', 'N', 'S', 'SA'],
  population: 'number',
  sex: ['F', 'M'],
  age: 'number',
  education: ['P', 'PS', 'S', null],
  income: 'number',
  statusquo: 'number',
  vote: ['A', 'N', 'U', 'Y', null],
} as const
