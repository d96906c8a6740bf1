/** The reader's own zone, in which days begin and end. */
export const zone = Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC'

const moment = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' })
const calendar = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' })

export function at(instant: string | null | undefined): string {
  return instant ? moment.format(new Date(instant)) : '–'
}

/** As the API names it: 2026-11-27. */
export function day(date: Date): string {
  return calendar.format(date)
}

/** The day that many days later, whatever clocks do meanwhile. */
export function dayAfter(date: string, days: number): string {
  const noon = new Date(`${date}T12:00:00Z`)
  noon.setUTCDate(noon.getUTCDate() + days)
  return noon.toISOString().slice(0, 10)
}

export function daysBetween(from: string, to: string): string[] {
  const days = []
  for (let one = from; one < to; one = dayAfter(one, 1)) days.push(one)
  return days
}
