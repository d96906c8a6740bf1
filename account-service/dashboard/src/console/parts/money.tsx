import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useId, useState } from 'react'
import { told, type Schemas } from '../../dashboard/api/client'
import { dollars } from '../../dashboard/api/money'
import { api } from '../api'
import { Act, Amount, Field, textOf, Why } from './act'

type Decided = { available_usd: string } | Schemas['Order']

/** Orders credit once: its reference names it for ever, so that pressing twice orders nothing twice. */
function useOrder(order: (form: FormData) => Promise<Decided>) {
  const client = useQueryClient()
  const [reference, setReference] = useState(newReference)
  const mutation = useMutation({
    mutationFn: order,
    onSuccess: () => {
      setReference(newReference())
      return Promise.all(['account', 'orders'].map((name) => client.invalidateQueries({ queryKey: [name] })))
    },
  })
  return { mutation, reference }
}

function newReference() {
  return `console-${crypto.randomUUID()}`
}

function Reference({ value }: { value: string }) {
  return <Field name="reference" label="Reference" hint="the same again orders nothing twice" required maxLength={200} defaultValue={value} key={value} />
}

function Answer({ of }: { of?: Decided }) {
  if (!of) return <span role="status" />
  return (
    <span role="status" className="hint">{'order_id' in of
      ? <>It waits for a second operator: <Link to="/orders" search={{ status: 'pending' }}>orders</Link>.</>
      : `Done: ${dollars(of.available_usd)} available after it.`}</span>
  )
}

export function Grant({ account }: { account: string }) {
  const { mutation, reference } = useOrder((form) => told(api.POST('/operator/accounts/{account}/grants', {
    params: { path: { account } },
    body: {
      amount_usd: textOf(form, 'amount_usd'), reference: textOf(form, 'reference'), reason: textOf(form, 'reason'),
      ...(textOf(form, 'expires_at') && { expires_at: new Date(textOf(form, 'expires_at')).toISOString() }),
    },
  })) as Promise<Decided>)
  return (
    <>
      <Answer of={mutation.data} />
      <Act name="Grant credit" primary busy={mutation.isPending} error={mutation.error} reset={mutation.reset} act={mutation.mutateAsync}>
        <Amount required />
        <Why />
        <Reference value={reference} />
        <Field name="expires_at" label="Expires" hint="empty: never" type="datetime-local" />
      </Act>
    </>
  )
}

export function Transfer({ account }: { account: string }) {
  const { mutation, reference } = useOrder((form) => told(api.POST('/operator/accounts/{account}/transfers', {
    params: { path: { account } },
    body: { to: textOf(form, 'to'), amount_usd: textOf(form, 'amount_usd'), reference: textOf(form, 'reference'), reason: textOf(form, 'reason') },
  })) as Promise<Decided>)
  return (
    <>
      <Answer of={mutation.data} />
      <Act name="Transfer credit" title="Transfer credit to another account" busy={mutation.isPending} error={mutation.error} reset={mutation.reset} act={mutation.mutateAsync}>
        <Field name="to" label="Id of the account that gets it" required maxLength={100} />
        <Amount required />
        <Why />
        <Reference value={reference} />
      </Act>
    </>
  )
}

/** Makes good what one event got wrong; that event stays as it is. */
export function Correct({ account, of }: { account: string; of: Schemas['StatementLine'] }) {
  const direction = useId()
  const { mutation, reference } = useOrder((form) => told(api.POST('/operator/accounts/{account}/corrections', {
    params: { path: { account } },
    body: {
      corrects: of.event_id, direction: textOf(form, 'direction') === 'take' ? 'take' : 'give',
      amount_usd: textOf(form, 'amount_usd'), reference: textOf(form, 'reference'), reason: textOf(form, 'reason'),
    },
  })) as Promise<Decided>)
  return (
    <>
      <Act name="Correct" title={`Correct event ${of.sequence}`} busy={mutation.isPending} error={mutation.error} reset={mutation.reset} act={mutation.mutateAsync}>
        <p>{of.type.replaceAll('_', ' ')} of {dollars(of.amount_usd)}. It stays in the log; another event makes it good.</p>
        <div className="field"><label htmlFor={direction}>What is done</label>
          <select id={direction} name="direction"><option value="give">credit is given</option><option value="take">credit is taken back</option></select></div>
        <Amount required />
        <Why />
        <Reference value={reference} />
      </Act>
      <Answer of={mutation.data} />
    </>
  )
}
