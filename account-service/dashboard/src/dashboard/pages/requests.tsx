import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import type { FormEvent } from 'react'
import { requests, type RequestFilter } from '../api/queries'
import { zone } from '../api/time'
import { RequestTable } from '../parts/requesttable'
import { AsOf, ofShard } from '../parts/source'
import { Empty, Shown } from '../parts/states'

const FIELDS: [keyof RequestFilter, string, string][] = [
  ['model', 'Model', 'text'], ['key', 'Key id', 'text'], ['member', 'Member id', 'text'], ['tag', 'Tag', 'text'], ['rule', 'Outcome', 'text'],
  ['from', 'From', 'date'], ['to', 'Up to, not included', 'date'], ['q', 'Request, quote or x-request-id', 'text'],
]

export function RequestsPage() {
  const filter = useSearch({ from: '/requests' })
  const navigate = useNavigate({ from: '/requests' })
  const answer = useQuery(requests(filter))
  const isFiltered = Object.keys(filter).some((name) => name !== 'cursor')
  const show = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const said = Object.fromEntries([...new FormData(event.currentTarget)].filter(([, value]) => value !== ''))
    void navigate({ search: said as RequestFilter })
  }
  const query = new URLSearchParams({ limit: '50', zone, ...filter })
  return (
    <>
      <h1>Requests</h1>
      <form className="panel" onSubmit={show} key={JSON.stringify(filter)} aria-label="Filter">
        <div className="row">
          {FIELDS.map(([name, label, type]) => (
            <div className="field" key={name}><label htmlFor={name}>{label}</label><input id={name} name={name} type={type} defaultValue={filter[name] ?? ''} maxLength={100} /></div>
          ))}
        </div>
        <div className="actions"><button className="primary">Show</button>{isFiltered && <Link to="/requests">Show all</Link>}<span className="hint">Days of {zone}. A month as a <Link to="/credit">statement</Link>; each request has its receipt.</span></div>
      </form>
      <Shown of={answer}>{({ data, next_cursor: next, as_of: asOf }) => (
        <section className="panel" aria-label="Requests">
          <header><AsOf asOf={ofShard(asOf)} path={`/requests?${query}`} data={answer.data} /></header>
          {data.length === 0
            ? <Empty title={isFiltered ? 'No requests are like that' : 'No requests yet'}>{next && <p>So far: there are older ones to look through.</p>}{!isFiltered && <p><Link to="/keys">Create a key</Link> and send the first one.</p>}</Empty>
            : <RequestTable of={data} />}
          <p className="actions">
            {filter.cursor && <Link to="/requests" search={{ ...filter, cursor: undefined }}>Newest</Link>}
            {next && <Link to="/requests" search={{ ...filter, cursor: next }}>Older</Link>}
          </p>
        </section>
      )}</Shown>
    </>
  )
}
