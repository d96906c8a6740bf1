/** Amounts are decimal strings, exact: what is computed of them is computed in whole parts of 10⁻¹² dollars. */
const PLACES = 12

export function parts(usd: string): bigint {
  const [whole = '0', fraction = ''] = usd.split('.')
  return BigInt(whole + fraction.padEnd(PLACES, '0').slice(0, PLACES))
}

export function sum(amounts: string[]): bigint {
  return amounts.reduce((total, usd) => total + parts(usd), 0n)
}

/** All of it, however small, as the API takes it: nothing is rounded away. */
export function decimal(value: bigint): string {
  const digits = value.toString().padStart(PLACES + 1, '0')
  return `${digits.slice(0, -PLACES)}.${digits.slice(-PLACES).replace(/0+$/, '').padEnd(2, '0')}`
}

/** The same for a reader. */
export function exact(value: bigint): string {
  const [whole = '', fraction] = decimal(value).split('.')
  return `$${grouped(whole)}.${fraction}`
}

export function dollars(usd: string | null | undefined): string {
  return usd == null ? '–' : exact(parts(usd))
}

/** For where there is little room: two digits of what is below a cent, written out. */
export function short(value: bigint): string {
  const dollars = Number(value) / 1e12
  if (value === 0n) return '$0.00'
  const places = dollars >= 0.01 ? 2 : Math.min(PLACES, 1 - Math.floor(Math.log10(dollars)))
  return `$${dollars.toFixed(places)}`
}

function grouped(whole: string) {
  return whole.replace(/\B(?=(\d{3})+$)/g, ',')
}
