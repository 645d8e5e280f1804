//! Reports that are handed in as lists.

use super::*;

const TEXT: &str = "Type,Brand,Model,Capacity,Condition,Function,Repairs\n\
    手机,苹果,iPhone 13,128,九成新,显示异常,更换电池\n手机,华为,Mate 40 Pro,256,八成新,账号锁、进水,无维修\n\
    手机,苹果,iPhone 11,64,九成新,正常,\n";

#[tokio::test]
async fn an_english_report_has_english_words_and_is_the_same_list_again() {
    let house = house().await;
    let path = start(&house, TEXT).await;
    follow(&house, &path).await;
    let asked = calls(&house).await;
    let csv = page(&house, &format!("{path}/report.csv?locale=en")).await;
    for row in [
        "Phone,Apple,iPhone 13,,128GB,,Excellent,\"Dead pixels, stripes or no picture\",Battery replaced,",
        "Phone,Huawei,Mate 40 Pro,,256GB,,Good,An account or lock is still active; Has been wet inside,Never repaired,",
        "Phone,Apple,iPhone 11,,64GB,,Excellent,Everything works,,",
    ] {
        assert!(csv.contains(row), "{row} is not in {csv}");
    }
    let zh = page(&house, &format!("{path}/report.csv?locale=zh-CN")).await;
    assert!(zh.contains("手机,华为,Mate 40 Pro,,256GB,,八成新,账号锁、进水,无维修,"), "{zh}");
    for ending in ["csv", "xlsx"] {
        let file = get(&house, &format!("{path}/report.{ending}?locale=en")).await.bytes().await.unwrap();
        let draft = led(send(&house, &format!("report.{ending}"), &file).await);
        let shown = page(&house, &draft).await;
        assert!(
            shown.contains("<dt>Different devices</dt><dd>3</dd>") && !shown.contains("Questions:"),
            "{shown}"
        );
        assert!(
            shown.contains("<dt>Calls needed, at most</dt><dd>0</dd>"),
            "they are the same devices: {shown}"
        );
        let again = press(&house, &draft, "start").await;
        follow(&house, again.split('?').next().unwrap()).await;
        assert_eq!(calls(&house).await, asked);
    }
}
