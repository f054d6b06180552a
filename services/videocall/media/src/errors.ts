/** A request that cannot be carried out: the status of the answer, and a word that the service switches on. */
export class Refusal extends Error {
  readonly status: number;
  readonly slug: string;

  constructor(status: number, slug: string) {
    super(slug);
    this.status = status;
    this.slug = slug;
  }
}
