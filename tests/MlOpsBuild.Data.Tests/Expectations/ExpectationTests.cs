using MlOpsBuild.Core;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Data.Tables;
using MlOpsBuild.Data.Tests;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Data.Expectations.Tests;

public sealed class ExpectationTests
{
    private const string Hours =
        "At,A,B,Sky,Note,Value\n2011-01-01 00:00,1,2,clear,x,3\n2011-01-01 01:00,2,,rain,y,2\n2011-01-01 02:00,3,1,rain,y,4\n";

    [Fact]
    public void Rows_that_keep_what_is_expected_are_none() => Broken(Hours, e => e
        .Key(x => x.At)
        .Key(x => new { x.A, x.Sky })
        .NoRepeatedRows()
        .Every(TimeSpan.FromHours(1))
        .StuckAtMost(x => x.Sky, 2)
        .MissingAtMost(x => x.B, 0.5)
        .Rows(1, 3)
        .Rule("they add up", x => x.A + x.B == x.Value)).ShouldBeEmpty();

    [Fact]
    public void A_repeated_key_is_counted_and_placed() =>
        Broken(Hours, e => e.Key(x => new { x.Sky, x.Note })).ShouldHaveSingleItem().ShouldBe(new(
            "MLB1020", "Repeated key", "columns Sky, Note", "1 rows, first 2011-01-01 02:00", "each combination once",
            "remove the repeated rows"));

    [Fact]
    public void Gaps_and_repeated_times_are_counted_and_placed()
    {
        var rows = "At,A,B,Sky,Note,Value\n2011-01-01 00:00,1,2,clear,x,3\n2011-01-01 03:00,1,2,clear,x,3\n2011-01-01 03:00,1,2,clear,x,3\n2011-01-01 05:00,1,2,clear,x,3\n";

        var finding = Broken(rows, e => e.Every(TimeSpan.FromHours(1), missingAtMost: 2)).ShouldHaveSingleItem();

        (finding.What, finding.Value).ShouldBe((
            "Repeated times and gaps",
            "3 missing in 2 gaps, 1 repeated: 2011-01-01 00:00 to 2011-01-01 03:00; 2011-01-01 03:00 to 2011-01-01 05:00"));
    }

    [Fact]
    public void Steps_of_another_length_are_counted_however_many_fit_into_the_day()
    {
        string[] times = ["00:00", "01:30", "01:40", "03:20", "03:21", "04:00"];
        var rows = "At,A,B,Sky,Note,Value\n" + string.Concat(times.Select(time => $"2011-01-01 {time},1,2,clear,x,3\n"));

        Broken(rows, e => e.Every(TimeSpan.FromHours(1), missingAtMost: 9)).ShouldHaveSingleItem().Value!
            .ShouldContain("5 steps of another length: 2011-01-01 00:00 to 2011-01-01 01:30");
    }

    /// <summary>Clocks are put forward on 31 March 2024 and back on 27 October.</summary>
    [Theory]
    [InlineData("2024-03-30T20:00:00Z")]
    [InlineData("2024-10-26T20:00:00Z")]
    public void Every_hour_is_as_long_as_the_others_where_clocks_are_put_forward_and_back(string from)
    {
        var start = DateTimeOffset.Parse(from, System.Globalization.CultureInfo.InvariantCulture);
        var rows = "At,Value\n" + string.Concat(Enumerable.Range(0, 10)
            .Select(hour => FormattableString.Invariant($"{start.AddHours(hour):yyyy-MM-ddTHH:mm:ssZ},{hour}\n")));

        BrokenOf<ZonedRow>(rows, e => e.Every(TimeSpan.FromHours(1))).ShouldBeEmpty();
        BrokenOf<ZonedRow>(rows.Replace(rows.Split('\n')[5] + "\n", "", StringComparison.Ordinal), e => e.Every(TimeSpan.FromHours(1)))
            .ShouldHaveSingleItem().Value!.ShouldStartWith("1 missing in 1 gaps");
    }

    [Fact]
    public void Two_empty_cells_are_no_repeated_key_and_zero_has_no_sign()
    {
        const string rows = "At,A,B,Sky,Note,Value\n2011-01-01 00:00,1,,clear,x,3\n2011-01-01 01:00,2,,clear,x,3\n2011-01-01 02:00,3,0,clear,x,3\n2011-01-01 03:00,4,-0,clear,x,3\n";

        Broken(rows, e => e.Key(x => x.B)).ShouldHaveSingleItem().Value.ShouldBe("1 rows, first 2011-01-01 03:00");
        const string twice = "At,A,B,Sky,Note,Value\n2011-01-01 00:00,1,,clear,x,3\n2011-01-01 00:00,1,,clear,x,3\n";
        Broken(twice, e => e.NoRepeatedRows()).ShouldHaveSingleItem().What.ShouldBe("Repeated rows");
    }

    [Fact]
    public void Bounds_that_bound_nothing_are_refused()
    {
        Refused(e => e.RowsBesideLast(double.NaN)).ShouldBe("MLB1016");
        Refused(e => e.RowsBesideLast(0.9, 0.5)).ShouldBe("MLB1016");
        Refused(e => e.Rows(100, 5)).ShouldBe("MLB1016");
        var bound = Math.Sqrt(-1);
        Should.Throw<UsageException>(() => Broken(Hours, e => e.Rule("nothing", x => x.A < bound))).Findings[0].Code.ShouldBe("MLB1018");
    }

    [Fact]
    public void A_sensor_that_hangs_is_counted_and_placed() =>
        Broken(Hours, e => e.StuckAtMost(x => x.Sky, 1))
            .ShouldHaveSingleItem()
            .Value.ShouldBe("2 rows in 1 runs, longest 2 from 2011-01-01 01:00 on");

    [Fact]
    public void Too_many_missing_values_are_counted() =>
        Broken(Hours, e => e.MissingAtMost(x => x.B, 0.1)).ShouldHaveSingleItem().Value.ShouldBe("1 of 3, 33.333%");

    [Theory]
    [InlineData(4, null, "3")]
    [InlineData(1, 2, "3")]
    public void Too_few_and_too_many_rows_are_counted(int atLeast, int? atMost, string value) =>
        Broken(Hours, e => e.Rows(atLeast, atMost)).ShouldHaveSingleItem().Value.ShouldBe(value);

    [Fact]
    public void A_rule_says_nothing_of_missing_values_and_names_the_first_row_that_breaks_it()
    {
        Broken(Hours, e => e.Rule("b is small", x => x.B < 2)).ShouldHaveSingleItem().ShouldBe(
            new("MLB1022", "A rule is broken", "b is small", "1 rows, first 2011-01-01 00:00", "no row", "correct the rows, or the rule"));
        Broken(Hours, e => e.Rule("rain means much", x => x.Sky != "rain" || x.Value >= 3))
            .ShouldHaveSingleItem()
            .Value.ShouldBe("1 rows, first 2011-01-01 01:00");
        Broken(Hours, e => e.Rule("not", x => !(x.A > 2) && x.At < new DateTime(2012, 1, 1)))
            .ShouldHaveSingleItem()
            .Value.ShouldBe("1 rows, first 2011-01-01 02:00");
        Broken(Hours, e => e.Rule("arithmetic", x => (2 * x.A) - (x.Value / 1.0) <= -x.A + 5 && x.A * x.A != 16)).ShouldBeEmpty();
    }

    [Fact]
    public void A_rule_may_use_what_is_around_it()
    {
        var most = 2;

        Broken(Hours, e => e.Rule("few", x => x.A <= most)).ShouldHaveSingleItem().Value.ShouldBe("1 rows, first 2011-01-01 02:00");
    }

    [Fact]
    public void A_tenth_and_two_tenths_are_three_tenths() =>
        Broken("At,A,B,Sky,Note,Value\n2011-01-01 00:00,0.1,0.2,clear,x,0.3\n", e => e.Rule("they add up", x => x.A + x.B == x.Value))
            .ShouldBeEmpty();

    [Fact]
    public void What_is_no_formula_is_refused()
    {
        Should.Throw<UsageException>(() => Built(e => e.Rule("text", x => x.Note == "x")))
            .Findings[0].What.ShouldBe("This rule cannot be checked");
        Should.Throw<UsageException>(() => Built(e => e.Rule("call", x => Math.Abs(x.A) > 1)))
            .Findings[0].What.ShouldBe("This rule cannot be checked");
        Should.Throw<UsageException>(() => Built(e => e.Key(x => x.A + 1))).Findings[0].What.ShouldBe("Not a property of the row");
    }

    [Fact]
    public void What_cannot_be_is_told_all_at_once()
    {
        var builder = new ExpectationBuilder<Untimed>(ContractReader.Of<Untimed>());

        builder.Every(TimeSpan.Zero).StuckAtMost(x => x.Value, 0).MissingAtMost(x => x.Value, 1).Fresh(TimeSpan.FromDays(1));

        builder.Findings.Count.ShouldBe(5);
    }

    [Fact]
    public void They_are_written_down_and_read_back()
    {
        var contract = ContractReader.Of<Row>() with
        {
            Expectations = Built(e => e.Key(x => x.At).Every(TimeSpan.FromHours(1)).Fresh(TimeSpan.FromDays(2)).RowsBesideLast(0.9).Rule(
                "rule", x => x.A + 1 <= x.Value, Severity.Warning))
        };

        var read = CanonicalJson.Deserialize<DataContract>(CanonicalJson.Serialize(contract));

        CanonicalJson.Serialize(read).ShouldBe(CanonicalJson.Serialize(contract));
        read.Expectations![4].ShouldBeOfType<RelationExpectation>().Severity.ShouldBe(Severity.Warning);
    }

    [Fact]
    public void Old_data_and_other_numbers_of_rows_are_told_of_the_clock_and_of_the_run_before()
    {
        var fresh = new FreshExpectation(TimeSpan.FromDays(2));
        fresh.At(new DateTime(2011, 1, 1), new DateTime(2011, 1, 3)).ShouldBeNull();
        fresh.At(new DateTime(2011, 1, 1), new DateTime(2011, 1, 3, 12, 0, 0))!.Value.ShouldBe("2011-01-01 00:00, 2.5 days old");

        var beside = new BesideLastExpectation(0.9, 1.5);
        beside.Beside(100, 90).ShouldBeNull();
        beside.Beside(100, 150).ShouldBeNull();
        beside.Beside(100, 89)!.Value.ShouldBe("89, 89% of 100");
        beside.Beside(100, 151).ShouldNotBeNull();
    }

    /// <summary>
    /// 165 missing hours, 22 rows without humidity, 24 stuck felt temperatures (reference 2.17); casual and registered make the count.
    /// </summary>
    [RealDataFact]
    public void The_faults_of_the_real_file_are_found()
    {
        var contract = ContractReader.Of<RentalHour>();
        var builder = new ExpectationBuilder<RentalHour>(contract);
        builder.Every(TimeSpan.FromHours(1)).NoRepeatedRows()
            .Rule("air is never dry", x => x.Humidity > 0)
            .Rule("felt and measured temperature are near", x => x.Temperature - x.FeltTemperature <= 0.3)
            .Rule("they add up", x => x.Casual + x.Registered == x.Count);

        var findings = builder.Expectations.Select(expectation => expectation.Check(RealHours.Table)).ToList();

        findings[0]!.Value!.ShouldStartWith("165 missing in ");
        findings[1].ShouldBeNull();
        findings[2]!.Value!.ShouldStartWith("22 rows, first 2011-03-10");
        findings[3]!.Value!.ShouldStartWith("24 rows, first 2012-08-17");
        findings[4].ShouldBeNull();
    }

    private static IReadOnlyList<Expectation> Built(Action<ExpectationBuilder<Row>> expect)
    {
        var builder = new ExpectationBuilder<Row>(ContractReader.Of<Row>());
        expect(builder);
        builder.Findings.ShouldBeEmpty();
        return builder.Expectations;
    }

    private static IReadOnlyList<Finding> Broken(string text, Action<ExpectationBuilder<Row>> expect) => BrokenOf(text, expect);

    private static IReadOnlyList<Finding> BrokenOf<TRow>(string text, Action<ExpectationBuilder<TRow>> expect)
    {
        var table = Tables.Tests.Reading.Table<TRow>(text);
        var builder = new ExpectationBuilder<TRow>(ContractReader.Of<TRow>());
        expect(builder);
        return [.. builder.Expectations.Select(expectation => expectation.Check(table)).OfType<Finding>()];
    }

    private static string Refused(Action<ExpectationBuilder<Row>> expect)
    {
        var builder = new ExpectationBuilder<Row>(ContractReader.Of<Row>());
        expect(builder);
        return builder.Findings[0].Code;
    }

    private sealed record ZonedRow([property: Timestamp, Zone("Europe/Berlin")] DateTime At, [property: Label] double Value);

    private sealed record Row(
        [property: Timestamp] DateTime At,
        double A,
        double? B,
        [property: Categories("clear", "rain")] string Sky,
        string Note,
        [property: Label] double Value);

    private sealed record Untimed([property: Label] double Value);
}
