import { Draw, type MadeTable, rowsOf } from './rows.ts';

const LANGUAGES = ['English', 'Italian', 'Japanese', 'Mandarin', 'French', 'German'];
const RATINGS = ['G', 'PG', 'PG-13', 'R', 'NC-17'];
const RATES = [0.99, 2.99, 4.99];

const capital = (word: string) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`;

/** So many different names of places. */
function placeNames(draw: Draw, count: number): string[] {
  const names = new Set<string>();
  while (names.size < count) names.add(draw.words(2).split(' ').map(capital).join(' '));
  return [...names];
}

function places(draw: Draw, addresses: number): MadeTable[] {
  const cities = 80;
  return [
    {
      name: 'country',
      columns: ['country_id int', 'country text'],
      key: ['country_id'],
      rows: placeNames(draw, 25).map((name, at) => [at + 1, name]),
    },
    {
      name: 'city',
      columns: ['city_id int', 'city text', 'country_id int'],
      key: ['city_id'],
      rows: placeNames(draw, cities).map((name, at) => [at + 1, name, draw.between(1, 25)]),
    },
    {
      name: 'address',
      columns: ['address_id int', 'address text', 'district text', 'city_id int', 'postal_code text', 'phone text'],
      key: ['address_id'],
      rows: rowsOf(addresses, (at) => {
        const street = `${draw.between(1, 1999)} ${draw.words(2).split(' ').map(capital).join(' ')} Street`;
        return [at + 1, street, capital(draw.words(1)), draw.between(1, cities), draw.digits(5), draw.digits(12)];
      }),
    },
  ];
}

function people(draw: Draw, customers: number, stores: number, staff: number): MadeTable[] {
  const person = () => [capital(draw.words(1)), draw.words(1).toUpperCase()] as const;
  return [
    {
      name: 'store',
      columns: ['store_id int', 'opened date', 'address_id int'],
      key: ['store_id'],
      rows: rowsOf(stores, (at) => [at + 1, Draw.day(draw.below(4000)), at + 1]),
    },
    {
      name: 'staff',
      columns: ['staff_id int', 'first_name text', 'last_name text', 'username text', 'active boolean'],
      key: ['staff_id'],
      rows: rowsOf(staff, (at) => {
        const [first, last] = person();
        return [at + 1, first, last, `${first.toLowerCase()}${at + 1}`, draw.below(5) > 0 ? 'true' : 'false'];
      }),
    },
    {
      name: 'customer',
      columns: [
        'customer_id int',
        'first_name text',
        'last_name text',
        'email text',
        'address_id int',
        'active boolean',
        'create_date timestamp',
      ],
      key: ['customer_id'],
      rows: rowsOf(customers, (at) => {
        const [first, last] = person();
        // Families share an address.
        const address = stores + 1 + (at % Math.ceil(customers * 0.9));
        const mail = `${first}.${last}.${at + 1}@sakilacustomer.org`;
        return [at + 1, first, last, mail, address, draw.below(20) > 0 ? 'true' : 'false', draw.moment(draw.below(30))];
      }),
    },
  ];
}

function stock(draw: Draw, films: number, copies: number, stores: number): MadeTable[] {
  return [
    {
      name: 'language',
      columns: ['language_id int', 'name text'],
      key: ['language_id'],
      rows: LANGUAGES.map((name, at) => [at + 1, name]),
    },
    {
      name: 'film',
      columns: [
        'film_id int',
        'title text',
        'description text',
        'release_year int',
        'language_id int',
        'rental_duration int',
        'rental_rate numeric',
        'length int',
        'replacement_cost numeric',
        'rating text',
      ],
      key: ['film_id'],
      rows: rowsOf(films, (at) => {
        const about = [at + 1, draw.words(2).toUpperCase(), `A ${draw.words(12)}`, draw.between(1990, 2006), draw.between(1, 6)];
        const terms = [draw.between(3, 7), draw.of(RATES), draw.between(46, 185), draw.between(9, 29) + 0.99, draw.of(RATINGS)];
        return [...about, ...terms];
      }),
    },
    {
      name: 'inventory',
      columns: ['inventory_id int', 'film_id int', 'store_id int'],
      key: ['inventory_id'],
      rows: rowsOf(copies, (at) => [at + 1, draw.between(1, films), draw.between(1, stores)]),
    },
  ];
}

/**
 * Tables of the shape of Sakila, with rows of our own. Two shops and two people are too few for rows to say anything of them,
 * so there are a dozen and thirty; some rentals are paid in two parts, as otherwise payments and rentals would be one thing.
 */
export function sakila(seed: number, rentals: number): MadeTable[] {
  const draw = new Draw(seed);
  const [stores, staff, customers, films, copies] = [
    12,
    30,
    Math.ceil(rentals / 15),
    Math.ceil(rentals / 25),
    Math.ceil(rentals / 5),
  ];
  const moments = rowsOf(rentals, () => draw.below(200));
  const rental = rowsOf(rentals, (at) => {
    const day = moments[at] as number;
    const back = draw.below(25) === 0 ? null : draw.moment(day + draw.between(1, 9));
    return [at + 1, draw.moment(day), draw.between(1, copies), draw.between(1, customers), back, draw.between(1, staff)];
  });
  const paid = rental.flatMap((_, at) => (draw.below(6) === 0 ? [at, at] : [at]));
  const payment = paid.map((at, number) => {
    const amount = draw.of([...RATES, 5.99, 6.99, 7.99]);
    return [number + 1, at + 1, amount, draw.moment((moments[at] as number) + draw.below(3))];
  });
  return [
    ...places(draw, stores + customers),
    ...people(draw, customers, stores, staff),
    ...stock(draw, films, copies, stores),
    {
      name: 'rental',
      columns: [
        'rental_id int',
        'rental_date timestamp',
        'inventory_id int',
        'customer_id int',
        'return_date timestamp',
        'staff_id int',
      ],
      key: ['rental_id'],
      rows: rental,
    },
    {
      name: 'payment',
      columns: ['payment_id int', 'rental_id int', 'amount numeric', 'payment_date timestamp'],
      key: ['payment_id'],
      rows: payment,
    },
  ];
}
