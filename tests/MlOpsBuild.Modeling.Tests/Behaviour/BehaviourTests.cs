using MlOpsBuild.Core;
using MlOpsBuild.Scoring.Rows;

namespace MlOpsBuild.Modeling.Behaviour.Tests;

/// <summary>A model of which every answer is known: 10 + 200 temperature + 5 hour.</summary>
public sealed class BehaviourTests
{
    [Fact]
    public void Rows_that_anybody_could_judge_are_judged_and_those_that_fail_are_shown()
    {
        // At 17 o'clock the model says 95 and more; of ten days one is below 100.
        var passed = Judge(t => t.Expect("rush hour is busy", x => x.WorkingDay && x.Hour == 17, p => p > 90));
        var failed = Judge(t => t.Expect("rush hour is busy", x => x.Hour == 17, p => p > 100));

        passed.ShouldBe(new("rush hour is busy", Verdict.Passed, "8 of 8 rows hold it"));
        failed.Verdict.ShouldBe(Verdict.Failed);
        failed.Evidence.ShouldBe(
            """9 of 10 rows hold it; not: {"dteday":"2011-01-01","hr":17,"workingday":1,"temp":0,"Plan":"plus"} → 95""");
        Judge(t => t.Expect("mostly", x => x.Hour == 17, p => p > 100, atLeast: 0.9)).Verdict.ShouldBe(Verdict.Passed);
    }

    [Fact]
    public void A_claim_that_no_row_is_about_is_not_shown() =>
        Judge(t => t.Expect("hot nights", x => x.Temperature > 0.95, p => p > 0))
            .ShouldBe(new("hot nights", Verdict.Inconclusive, "no held-out row is about it"));

    [Fact]
    public void Conditions_see_every_kind_of_value_as_the_record_has_it() => Judge(t => t.Expect(
        "one row", x => x.Day == new DateOnly(2011, 1, 3) && x.Plan == "basic" && x.Temperature == 0.2 && x.Hour < 2, p => p == 50))
        .ShouldBe(new("one row", Verdict.Passed, "1 of 1 rows hold it"));

    [Fact]
    public void What_the_model_does_not_read_cannot_matter()
    {
        Judge(t => t.Invariant(x => x.Plan)).ShouldBe(new("the same whatever Plan is", Verdict.Passed, "the model does not read it"));
        Judge(t => t.Without(x => x.Plan, 0.1)).Verdict.ShouldBe(Verdict.Passed);
    }

    [Fact]
    public void What_it_reads_matters_by_as_much_as_it_does()
    {
        var depends = Judge(t => t.Invariant(x => x.Hour, [0, 23]));

        depends.Verdict.ShouldBe(Verdict.Failed);
        depends.Evidence.ShouldStartWith("""0 of 240 rows hold it; not: {"dteday":"2011-01-01","hr":0,""");
        depends.Evidence.ShouldContain("→ 10, with 23 125");
        Judge(t => t.Invariant(x => x.Hour, [0, 23], tolerance: 115)).Verdict.ShouldBe(Verdict.Passed);
        Judge(t => t.Invariant(x => x.Hour, [0, 23], tolerance: 114.9)).Evidence.ShouldStartWith("220 of 240 rows hold it");
    }

    [Fact]
    public void A_direction_holds_where_predictions_go_that_way()
    {
        Judge(t => t.Increasing(x => x.Temperature))
            .ShouldBe(new("rises with temp from 0 to 1", Verdict.Passed, "240 of 240 rows hold it"));
        Judge(t => t.Increasing(x => x.Hour, within: (0, 10))).Evidence.ShouldBe("100 of 100 rows hold it");
        var falls = Judge(t => t.Decreasing(x => x.Temperature, within: (0, 0.35), by: 0.1));

        (falls.Check, falls.Verdict).ShouldBe(("falls with temp from 0 to 0.35", Verdict.Failed));
        falls.Evidence.ShouldStartWith("0 of 72 rows hold it; not: ");
        falls.Evidence.ShouldContain("→ 10, at 0.1 30");
        Judge(t => t.Decreasing(x => x.Temperature, within: (0, 0.35), by: 0.1, tolerance: 20.001)).Verdict.ShouldBe(Verdict.Passed);
    }

    [Fact]
    public void Without_a_column_the_metric_is_judged_by_the_end_of_its_interval()
    {
        var lost = Judge(t => t.Without(x => x.Temperature, worseAtMost: 0.2));

        // Every temperature becomes 0.5: errors of 200 (t − 0.5) come on top.
        (lost.Check, lost.Verdict).ShouldBe(("stands without temp", Verdict.Failed));
        lost.Evidence.ShouldStartWith("RMSE 58.");
        lost.Evidence.ShouldContain("1.4142 before, on 240 rows; worse by ");
        Judge(t => t.Without(x => x.Temperature, worseAtMost: 50)).Verdict.ShouldBe(Verdict.Passed);
        Judge(t => t.Without(x => x.Hour, worseAtMost: 50)).ShouldBe(
            new("stands without hr", Verdict.Failed, "the contract refuses every row without it"));
    }

    [Fact]
    public void A_shift_is_judged_on_the_rows_that_the_contract_still_takes()
    {
        var shifted = Judge(t => t.Shifted(x => x.Temperature, by: 0.15, worseAtMost: 0.1));

        (shifted.Check, shifted.Verdict).ShouldBe(("stands temp shifted by 0.15", Verdict.Failed));
        shifted.Evidence.ShouldContain("on 216 rows");
        Judge(t => t.Shifted(x => x.Temperature, by: 0.0001, worseAtMost: 0.1)).Verdict.ShouldBe(Verdict.Passed);
        Judge(t => t.Shifted(x => x.Temperature, by: 2, worseAtMost: 0.1)).Evidence
            .ShouldBe("the contract refuses every row that is shifted so");
    }

    [Fact]
    public void Personal_data_is_shown_nowhere()
    {
        LabelledRow[] rows = [.. Trip.Requests.Select(row => row with { Features = new(row.Features.Select(feature =>
            KeyValuePair.Create(feature.Key, feature.Value?.DeepClone())).Append(new("Name", "Ozymandias"))) })];
        var builder = new BehaviourBuilder<Trip>(Trip.Contract, "");
        builder.Expect("never", x => x.Hour == 17, p => p < 0).Decreasing(x => x.Temperature);
        var evaluated = new BehaviourRows(Trip.Model, rows, Trip.Predictions, Evaluation.Metrics.Rmse, 1, ["Name", "temp"]);

        builder.Tests.Select(test => test.Judge(evaluated)).ShouldAllBe(outcome => outcome.Verdict == Verdict.Failed
            && !outcome.Evidence.Contains("Ozymandias") && !outcome.Evidence.Contains("temp") && !outcome.Evidence.Contains("at 0."));
    }

    [Fact]
    public void Everything_that_cannot_be_tested_is_told_at_once()
    {
        var builder = new BehaviourBuilder<Trip>(Trip.Contract, "");
        builder
            .Expect("leaks", x => x.Casual > 3 && x.Name == "Ann", p => p > 0, atLeast: 0)
            .Invariant(x => x.Temperature)
            .Increasing(x => x.Plan)
            .Increasing(x => x.Hour, within: (5, 5))
            .Increasing(x => x.Count, within: (0, 1))
            .Without(x => x.Hour, 0)
            .Shifted(x => x.Plan, 1, 0.1);

        builder.Findings.Select(finding => (finding.Where, finding.Value)).ShouldBe([
            (".Behaviour(t => t.Expect(…))", "Name, Casual"), (".Behaviour(t => t.Expect(…))", "atLeast: 0"),
            (".Behaviour(t => t.Invariant(…))", "temp"), (".Behaviour(t => t.Increasing(…))", "Plan"),
            (".Behaviour(t => t.Increasing(…))", "Plan"), (".Behaviour(t => t.Increasing(…))", "hr"),
            (".Behaviour(t => t.Rule(…))", "Count"), (".Behaviour(t => t.Without(…))", "worseAtMost: 0"),
            (".Behaviour(t => t.Shifted(…))", "Plan"),
        ]);
    }

    [Fact]
    public void Another_setting_is_another_test_and_the_same_one_is_the_same()
    {
        string Key(Action<BehaviourBuilder<Trip>> declare, string parameters = "a=1")
        {
            var builder = new BehaviourBuilder<Trip>(Trip.Contract, parameters);
            declare(builder);
            return builder.Tests.ShouldHaveSingleItem().Key;
        }

        var key = Key(t => t.Expect("busy", x => x.Hour == 17, p => p > 90));
        Key(t => t.Expect("busy", x => x.Hour == 17, p => p > 90)).ShouldBe(key);
        Key(t => t.Expect("busy", x => x.Hour == 18, p => p > 90)).ShouldNotBe(key);
        Key(t => t.Expect("busy", x => x.Hour == 17, p => p > 90, atLeast: 0.5)).ShouldNotBe(key);
        Key(t => t.Expect("busy", x => x.Hour == 17, p => p > 90), "a=2").ShouldNotBe(key);
        Key(t => t.Increasing(x => x.Hour)).ShouldNotBe(Key(t => t.Decreasing(x => x.Hour)));
    }

    private static CheckOutcome Judge(Action<BehaviourBuilder<Trip>> declare)
    {
        var builder = new BehaviourBuilder<Trip>(Trip.Contract, "");
        declare(builder);
        builder.Findings.ShouldBeEmpty();
        return builder.Tests.ShouldHaveSingleItem().Judge(Trip.Evaluated);
    }
}
