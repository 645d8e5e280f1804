fn main() {
    let path = std::env::args().nth(1).unwrap();
    let table = sheet::read(&std::fs::read(path).unwrap()).unwrap();
    let headings = table.headings().unwrap();
    println!("{:?}", (headings.number, &headings.cells));
    let m = sheet::Mapping::of(&table, headings);
    println!("{m:?}");
    let t = std::time::Instant::now();
    let l = sheet::DeviceList::from_table(&table, &m, headings).unwrap();
    println!("{} rows {:?}", l.rows.len(), t.elapsed());
    for a in std::env::args().skip(2) {
        println!("{a}: {:?}", domain::told_by(&a));
    }
}
