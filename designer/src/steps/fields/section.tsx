import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { type ReactNode, useId, useState } from 'react'
import styles from './fields.module.css'

export interface SectionProps {
  readonly title: string
  /** In a few words what it holds, while it is closed. */
  readonly summary?: string | undefined
  readonly isOpen?: boolean
  readonly children: ReactNode
}

export function Section({ title, summary, isOpen: opensAtFirst = true, children }: SectionProps) {
  const [isOpen, setOpen] = useState(opensAtFirst)
  const id = useId()
  const Chevron = isOpen ? IconChevronDown : IconChevronRight
  return (
    <section className={styles.section} data-section={title}>
      <h3 style={{ margin: 0 }}>
        <button
          type="button"
          className={styles.sectionHead}
          aria-expanded={isOpen}
          aria-controls={id}
          onClick={() => setOpen(!isOpen)}
        >
          <Chevron size={14} stroke={1.8} aria-hidden />
          {title}
          {!isOpen && summary && <small>{summary}</small>}
        </button>
      </h3>
      <div id={id} className={styles.sectionBody} hidden={!isOpen}>
        {isOpen && children}
      </div>
    </section>
  )
}
