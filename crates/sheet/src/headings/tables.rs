//! The names that people give to columns, as [`plain`](super::names::plain) writes them; in a list, commas separate them.

use domain::Field;

/// Columns with the name of a thing: the kind of device in one list, the model in another.
pub(super) const NAMES: &str = "资产名称, 名称, 设备名称, 产品名称, 物品名称, 品名, 商品名称, 货品名称, 物料名称, \
    机器名称, 商品, 产品, 设备, 资产, device, product, productname, \
    assetname, asset, item, itemname, description, itemdescription, productdescription, \
    assetdescription, 描述, 设备描述, title, 物品, 机器, 机子, 货品, 货物, 货物名称, 机身, 器材, \
    器材名称, 机器描述, 物品描述, 品项, equipment, equipmentname, unit, hardware, \
    handset, machine, article";

/// Columns with the name that a person gave to a device, in some lists.
pub(super) const OWN_NAMES: &str = "devicename, computername, 电脑名称, hostname, machinename, friendlyname";

pub(super) const CHIPS: &str =
    "cpu, 处理器, 芯片, processor, chip, cpu型号, 处理器型号, processortype, cputype, soc, chiptype";

/// Columns with a state: of use, of function, or of looks.
pub(super) const STATES: &str = "状态, 设备状态, 资产状态, 使用状态, 使用情况, 现状, 目前状态, 当前状态, 机器状态, \
    设备情况, 使用状况, 设备状况, 机器情况, 机况, 设备现状, status, state, assetstatus, \
    devicestatus, currentstatus, 完好情况, 完好程度, 情况, 状况, 完好状态, 设备完好情况, 机器状况, 资产情况, \
    资产现状, 设备使用状态, 使用现状, lifecyclestate, lifecyclestatus, lifecycle, assetstate, inventorystatus, \
    disposition, 资产使用状态, usagestatus, usestatus";

pub(super) const NOTES: &str = "备注, 备注说明, 说明, 其他, 其它, 其他说明, 附注, 情况说明, 备注信息, notes, note, \
    remarks, remark, comments, comment, additionalnotes, othernotes, otherinformation, memo, 详情, \
    其他情况, 补充, 补充说明, 特殊说明, 备注1, 备注2, details, detail, observations, observation";

pub(super) const BATTERIES: &str = "batteryhealth, battery, batterycondition, batterystatus, batterymaxcapacity, \
    batterycapacity, maximumbatterycapacity, batteryhealthpercent, batterylife, 电池健康, \
    电池健康度, 电池, 电池状态, 电池效率, 电池容量, 电池最大容量, 电池情况, 最大容量, bh";

pub(super) const LOCKS: &str = "activationlock, googlelock, googleaccountlock, activationlockenabled, activationlockstatus, lock, lockstatus, locked, \
    simlock, carrierlock, icloud, icloudlock, icloudstatus, findmy, findmyiphone, fmi, frp, frplock, 激活锁, id锁, 账号锁, \
    network, networkstatus, networklock, carrier, carrierstatus, simstatus, 网络制式, 制式, 是否有锁, 有无锁, 网络锁, 锁, 账号状态, 有锁无锁, 苹果id, 是否退出账号, 账号是否退出, id是否退出, 账号退出";

pub(super) const BRANDS_AND_MODELS: &str = "品牌型号, 品牌及型号, 品牌规格型号, 品牌与型号, 厂牌型号, 品牌机型, 品牌和型号, \
    型号品牌, 品牌规格, 品牌及规格, 品牌规格及型号, 品牌与规格, 厂牌规格, makemodel, brandmodel, brandandmodel, makeandmodel, makeandname, makename, brandandname";

pub(super) const STORAGES_AND_MEMORIES: &str = "内存硬盘, 硬盘内存, 配置, 规格, 运存存储, 存储内存, 内存存储, 内存容量组合, 规格配置, \
    设备配置, 机身配置, 硬件配置, 配置信息, 参数, 内存组合, 存储规格, 容量版本, \
    ramstorage, storageram, memorystorage, spec, specs, specification, specifications, \
    configuration, config, ramrom";

pub(super) const GRADES_AND_FUNCTIONS: &str = "成色功能, 成色状态, 外观功能, 外观及功能, 成色及功能, 成色描述, 外观与功能, \
    conditionandfunction, conditionreport, conditionnotes, conditiondetails, conditiondescription, 成色及故障, \
    成色及问题, 外观及故障, 外观和功能, 状态描述";

/// Names of a field's column.
pub(super) fn names(field: Field) -> &'static str {
    match field {
        Field::DeviceType => {
            "devicetype, 类型, 设备类型, 品类, 类别, 分类, 产品类型, 产品类别, 商品类型, 机器类型, \
    设备类别, 资产类别, 资产分类, 资产类型, 设备种类, 种类, 设备分类, 物品类别, 大类, \
    终端类型, type, category, kind, kindofdevice, producttype, devicecategory, class, \
    assettype, assetcategory, assetclass, itemtype, deviceclass, productcategory, \
    formfactor, devicefamily, chassistype, equipmenttype, typeofdevice, itemcategory, \
    hardwaretype"
        }
        Field::Brand => {
            "brand, 品牌, 厂商, 厂家, 制造商, 生产商, 设备品牌, 设备厂商, 品牌名称, 手机品牌, \
    品牌厂商, 生产厂家, 厂牌, 制造厂商, 生产厂商, 电脑品牌, manufacturer, make, maker, \
    vendor, oem, devicemanufacturer, devicebrand, brandname, manufacturername, mfr, mfg"
        }
        Field::Model => {
            "model, 型号, 机型, 设备型号, 产品型号, 手机型号, 规格型号, 型号规格, 设备机型, \
    具体型号, 型号名称, 机器型号, 电脑型号, 笔记本型号, 平板型号, 资产型号, 商品型号, \
    型号配置, 客户机型, 回收机型, 旧机型号, 旧机机型, 设备名称及型号, 名称型号, 名称及型号, 名称规格, 名称及规格, \
    设备型号及配置, 型号及配置, 规格型号配置, modelname, devicemodel, exactmodel, \
    productmodel, hardwaremodel, marketingname, modeldescription, computermodel, \
    systemmodel, laptopmodel, phonemodel, modeltype"
        }
        Field::Storage => {
            "storage, 存储, 存储容量, 储存, 储存容量, 容量, 存储空间, 硬盘, 硬盘容量, 机身存储, \
    机身内存, 机身容量, 内置存储, 存储大小, 存储配置, 硬盘大小, 固态硬盘, 固态硬盘容量, \
    硬盘规格, 总容量, rom, 闪存, capacity, storagecapacity, storagesize, disk, disksize, \
    ssd, harddisk, hdd, totalcapacity, totalstorage, storagetotal, storagegb, capacitygb, \
    drivecapacity, disksizegb, devicecapacity, internalstorage, hddssd, ssdhdd, drive, \
    drivesize, flash, totalstoragespace, harddrive, harddrivesize, diskcapacity, ssdsize, \
    totalstoragegb, totalcapacitygb, storagecapacitygb, bootdrivecapacity, devicestorage, \
    disktotal, gb, cap, kit, kitbody, bodykit, bodyorkit, kitorbody, 机身套机, 套机机身, 机身或套机, 套机单机, 单机套机, 单机, 套机, 套餐"
        }
        Field::Ram => {
            "ram, mem, 内存, 运行内存, 运存, 内存大小, 内存容量, 运行内存大小, 运存大小, 内存规格, \
    memory, memorysize, ramsize, memorygb, ramgb, installedram, totalram, physicalmemory, \
    physicalmemorygb, totalphysicalmemory, installedmemory, totalmemory, systemmemory, \
    totalrammb, memorymb"
        }
        Field::Condition => {
            "condition, 成色, 外观, 外观成色, 等级, 品相, 新旧程度, 新旧, 成新, 设备成色, 外观等级, \
    成色等级, 外观状况, 外观情况, 品级, 级别, 成新率, 新旧情况, 外观品相, 成色级别, 新旧度, \
    机身成色, 外观描述, 新旧成色, 几成新, 品相等级, 机器成色, 手机成色, 外观评级, 评级, 定级, grade, look, shape, cosmetic, cosmeticgrade, cosmeticcondition, looks, appearance, \
    cosmetics, physicalcondition, overallcondition, devicecondition, grading, \
    cosmeticrating, conditiongrade, qualitygrade, assetcondition, rating, visualcondition, visualgrade, \
    aestheticgrade, exterior, exteriorcondition, conditionrating, cosmeticstate"
        }
        Field::FunctionStatus => {
            "functionstatus, 功能, 功能状态, 功能情况, 故障, 故障情况, 故障描述, 功能故障, 问题, \
    功能描述, 有无故障, 故障说明, 故障现象, 缺陷, 问题描述, 检测结果, 功能检测, 工作状态, \
    运行状态, 是否正常, 功能是否正常, 故障备注, 有无问题, 存在问题, 是否有故障, 瑕疵, \
    function, functions, functional, functionalstatus, whatworks, works, faults, fault, \
    defects, issues, problems, workingcondition, notesfaults, faultsnotes, working, \
    fullyworking, functionality, knownissues, damage, faultdescription, defect, issue, \
    outcome, result, 结果, testresult, testresults, operationalstatus, functionaltest, faultsissues, issuesfaults, \
    workingstatus, damages, functionalcondition, defectnotes, functionalgrade, 运行状况, 运行情况, 运转情况, 工作情况, 工作状况, 功能状况, 使用功能, \
    故障原因, 故障信息, 异常, 异常情况, 损坏情况, 有无损坏, 是否损坏, 是否完好, 是否能用, 能否正常使用, 是否可用, \
    能否使用, 是否可正常使用, 检测情况, 检测结论, 质检, 质检结果, 验机结果, 验机情况, 测试结果, 不良, 毛病, \
    问题点, 问题说明, 报修内容, workingyn, technicalcondition, technicalstatus, faultfound, faultsfound, \
    reportedfault, reportedissue, symptom, symptoms, diagnosis, testnotes, doesitwork, isworking, workingorder, \
    operational, anyfaults, anydamage, isfunctional, knownfaults, knowndefects, knownproblems, faultnotes, issuenotes, damagenotes, 有没有问题, 有什么问题, \
    有没有故障, 有没有坏, 好坏, 坏, broken, anythingbroken, faulty, how, trouble, troubles, 检测, 检验, 哪里坏了, 哪坏了, 坏在哪, 哪里坏, 坏了什么, 什么问题, wrong, whatswrong, whatiswrong, problem, otherfaults, otherissues, 其他故障, 其他问题, 其它故障"
        }
        Field::RepairHistory => {
            "repairhistory, 维修, 维修记录, 维修历史, 维修情况, 是否维修, 拆修, 维修史, 是否拆修, \
    拆修情况, 拆修记录, 拆修史, repair, repairs, repaired, repairnotes, previousrepairs, \
    pastrepairs, servicehistory, 维修过, 有无维修, 有无拆修, 是否拆机, 拆机情况, 维修说明, 更换记录, 配件更换, \
    换件记录, 换件情况, partsfitted, partsused, partschanged, newparts, fitted, 更换件, 更换零件, 换的配件, 更换部件, did, workdone, workcarriedout, work, repairwork, repairsdone, 修过什么, 修了什么, 换过什么, 换了什么, 维修内容, repairinfo, repairrecord, partsreplaced, replacedparts, servicerecord, \
    repairedbefore, everrepaired, previousrepair"
        }
        Field::PurchaseChannel => {
            "purchasechannel, 购买渠道, 渠道, 来源, 购买来源, 购机渠道, 采购渠道, 购买途径, channel, \
    boughtfrom, boughtat, whereitwasbought, wherebought, purchasedfrom, source"
        }
        Field::Keyword => "",
    }
}
