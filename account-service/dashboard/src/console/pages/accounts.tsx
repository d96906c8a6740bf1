import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useRef, type FormEvent } from 'react'
import { told } from '../../dashboard/api/client'
import { at } from '../../dashboard/api/time'
import { Source } from '../../dashboard/parts/source'
import { Empty, Shown } from '../../dashboard/parts/states'
import { api, because } from '../api'
import { Act, Field, textOf, Why } from '../parts/act'
import { Pages, usePages } from '../parts/pages'
import { accounts, accountsPath } from '../queries'
import { useOperator } from '../session'

export function AccountsPage() {
  const operator = useOperator()
  const navigate = useNavigate()
  const { search } = useSearch({ from: '/accounts' })
  const pages = usePages()
  const answer = useQuery(accounts(search, pages.cursor))
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    pages.first()
    void navigate({ to: '/accounts', search: { search: textOf(new FormData(event.currentTarget), 'search') || undefined } })
  }
  return (
    <>
      <div className="title"><h1>Accounts</h1>{operator.has('support') && <Open />}</div>
      <form role="search" className="row" onSubmit={submit}>
        <Field name="search" label="Find" hint="an id, a part of a name or of a member’s address" type="search" maxLength={100} defaultValue={search ?? ''} key={search} />
        <div className="field"><button>Find</button></div>
      </form>
      <section className="panel" aria-label="Accounts">
        <Shown of={answer}>{({ data, next_cursor: next }) => data.length === 0
          ? <Empty title={search ? 'No account is like that' : 'No accounts yet'} />
          : (
            <>
              <p><Source path={accountsPath(search, pages.cursor)} data={answer.data} /></p>
              <table className="cards">
                <thead><tr><th>Name</th><th>Id</th><th>Opened</th><th className="number">Keys in use</th></tr></thead>
                <tbody>{data.map((one) => (
                  <tr key={one.account_id}>
                    <td data-label="Name"><Link to="/accounts/$account" params={{ account: one.account_id }}>{one.name}</Link></td>
                    <td data-label="Id" className="code">{one.account_id}</td>
                    <td data-label="Opened">{at(one.created_at)}</td>
                    <td data-label="Keys in use" className="number">{one.valid_keys}</td>
                  </tr>
                ))}</tbody>
              </table>
              <Pages of={pages} next={next} names={['Earlier ones', 'Later ones']} />
            </>
          )}</Shown>
      </section>
    </>
  )
}

function Open() {
  const client = useQueryClient()
  const navigate = useNavigate()
  // Sent again as it was, one account is opened; under another name it is another.
  const once = useRef(crypto.randomUUID())
  const open = useMutation({
    mutationFn: (form: FormData) => told(api.POST('/operator/accounts', {
      body: { name: textOf(form, 'name') }, headers: { 'Idempotency-Key': once.current, ...because(textOf(form, 'reason')) },
    })),
    onSuccess: ({ account_id: account }) => {
      once.current = crypto.randomUUID()
      void client.invalidateQueries({ queryKey: ['accounts'] })
      return navigate({ to: '/accounts/$account', params: { account } })
    },
  })
  return (
    <Act name="Open an account" primary busy={open.isPending} error={open.error} reset={open.reset} act={open.mutateAsync} edited={() => { once.current = crypto.randomUUID() }}>
      <Field name="name" label="Name" required maxLength={200} />
      <Why required={false} />
    </Act>
  )
}
