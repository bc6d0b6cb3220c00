@0xb2f1c0d4a5e6970c;
# Kinds of change about success measures and their readings.

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("wsoa::schema");
using import "annotations.capnp".help;
using import "annotations.capnp".example;
using import "annotations.capnp".holds;
using import "annotations.capnp".optional;
using import "annotations.capnp".most;
using import "types.capnp".Date;
using import "types.capnp".Decimal;
using import "types.capnp".Month;
using import "types.capnp".Polarity;
using import "types.capnp".Rhythm;
using import "types.capnp".Unit;
using import "types.capnp".Whole;

struct MeasureDefined $help("defines a success measure") {
  definition @0 :UInt16 $most(65535) $help("which definition it is, from 1") $example("1");
  unit @1 :Unit $help("what its values are") $example("percent");
  polarity @2 :Polarity $help("which way is better") $example("higherIsBetter");
  period @3 :Rhythm $help("how often it is read") $example("month");
  cumulativeFrom @4 :Date $optional $help("the day from which its values add up; absent where each stands alone")
      $example("2022-04-01");
  greenWithin @5 :Decimal $optional $help("Green within so many per cent of the target") $example("5");
  amberWithin @6 :Decimal $optional $help("Amber within so many per cent of the target, Red beyond") $example("10");
  smallNumber @7 :Whole $optional $most(100) $help("figures of people below this are not published") $example("5");
}

struct MeasureRedefined $help("defines a measure anew: a new series, or one that can be compared") {
  definition @0 :UInt16 $most(65535) $help("one more than the last definition") $example("2");
  unit @1 :Unit $help("what its values are") $example("percent");
  polarity @2 :Polarity $help("which way is better") $example("higherIsBetter");
  period @3 :Rhythm $help("how often it is read") $example("month");
  cumulativeFrom @4 :Date $optional $help("the day from which its values add up; absent where each stands alone")
      $example("2022-04-01");
  greenWithin @5 :Decimal $optional $help("Green within so many per cent of the target") $example("5");
  amberWithin @6 :Decimal $optional $help("Amber within so many per cent of the target, Red beyond") $example("10");
  smallNumber @7 :Whole $optional $most(100) $help("figures of people below this are not published") $example("5");
  comparable @8 :Bool $help("whether earlier readings can be compared with new ones") $example("false");
}

struct BaselineSet $help("sets the first value of a measure, against which it is judged") {
  definition @0 :UInt16 $most(65535) $help("by which definition") $example("1");
  periodEnd @1 :Date $help("the last day of the period it is about") $example("2022-02-28");
  value @2 :Decimal $help("the value") $example("41");
}

struct TargetSet $help("sets the wanted value of a measure and the day for it") {
  definition @0 :UInt16 $most(65535) $help("by which definition") $example("1");
  value @1 :Decimal $help("the wanted value") $example("60");
  date @2 :Date $help("the day by which it is wanted") $example("2023-12-31");
  benchmark @3 :Decimal $optional $help("the national or neighbours' value") $example("50");
}

struct TrajectorySet $help("sets the planned path of a measure") {
  definition @0 :UInt16 $most(65535) $help("by which definition") $example("1");
  points @1 :List(PlannedValue) $most(64) $help("days in order, each with the value planned for it")
      $example("2022-06-30=40,2022-12-31=48.5");
}

struct PlannedValue {
  date @0 :Date $help("the day") $example("2022-06-30");
  value @1 :Decimal $help("the value planned for it") $example("40");
}

struct ReadingRecorded $help("records the value of a measure for a period") {
  definition @0 :UInt16 $most(65535) $help("by which definition") $example("1");
  period @1 :Month $optional $help("the month that it is filed under") $example("2022-06");
  periodStart @2 :Date $optional $help("first day of the period") $example("2022-06-01");
  periodEnd @3 :Date $help("last day of the period") $example("2022-06-30");
  value @4 :Decimal $help("the value") $example("38");
  numerator @5 :Decimal $optional $help("what was counted") $example("19");
  denominator @6 :Decimal $optional $help("of how many") $example("50");
  evidence @7 :Text $optional $holds(subjectRef) $help("the evidence that it comes from") $example("TH-E04");
  provisionalUntil @8 :Date $optional $help("the day by which the final value is expected, if this is not it")
      $example("2022-08-31");
}

struct ReadingCorrected $help("puts a mistaken reading right; it answers that reading") {
  definition @0 :UInt16 $most(65535) $help("by which definition") $example("1");
  periodEnd @1 :Date $help("last day of the period") $example("2022-06-30");
  value @2 :Decimal $help("the right value") $example("39");
  numerator @3 :Decimal $optional $help("what was counted") $example("19");
  denominator @4 :Decimal $optional $help("of how many") $example("49");
  evidence @5 :Text $optional $holds(subjectRef) $help("the evidence that it comes from") $example("TH-E04");
}

struct ReadingRestated $help("gives earlier readings other values, since their basis changed") {
  definition @0 :UInt16 $most(65535) $help("by which definition") $example("1");
  touched @1 :List(RestatedValue) $most(128) $help("every reading from the first day to the last, with its value now")
      $example("2022-06-30=37.5,2022-07-31=39");
}

struct RestatedValue {
  periodEnd @0 :Date $help("last day of the reading's period") $example("2022-06-30");
  value @1 :Decimal $help("its value now") $example("37.5");
}
