-- The clinic, from treatments along every foreign key.
SELECT
  t.stay,
  t.nth,
  t.doctor,
  t.icd,
  t.fee,
  s.patient_no,
  s.ward,
  s.admitted,
  s.discharged,
  p.patient_name,
  p.born,
  p.blood_group,
  p.insurer,
  i.insurer_name,
  i.insurer_city,
  i.hotline,
  w.building,
  w.floor,
  w.beds,
  w.extension,
  b.street,
  b.opened,
  d.doctor_name,
  d.specialty,
  d.rank,
  g.diagnosis,
  g.chapter,
  g.notifiable,
  c.chapter_title
FROM treatment t
JOIN stay s ON s.stay = t.stay
JOIN patient p ON p.patient_no = s.patient_no
JOIN insurer i ON i.insurer = p.insurer
JOIN ward w ON w.ward = s.ward
JOIN building b ON b.building = w.building
JOIN doctor d ON d.doctor = t.doctor
JOIN diagnosis g ON g.icd = t.icd
JOIN chapter c ON c.chapter = g.chapter
