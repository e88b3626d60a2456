using MlOpsBuild.TestKit.Data;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Data.Tables;
using MlOpsBuild.Data.Tests;

namespace MlOpsBuild.Data.Simulation.Tests;

public sealed class DemandSimulatorTests
{
    private static readonly DemandSimulation Short = new() { Days = 120, DriftDays = 20 };

    [Fact]
    public void The_same_seed_gives_the_same_bytes() =>
        DemandSimulator.Write(Short with { }).ShouldBe(DemandSimulator.Write(Short));

    [Fact]
    public void Another_seed_gives_other_rows()
    {
        var counts = Read(Short).Label;
        var others = Read(Short with { Seed = 7 }).Label;

        counts.Zip(others).Count(pair => pair.First != pair.Second).ShouldBeGreaterThan(counts.Length / 2);
    }

    [Fact]
    public void Two_years_keep_the_contract_of_the_real_file()
    {
        var table = Read(new());

        table.Rows.ShouldBe(731 * 24);
        table.Times[0].ShouldBe(new(2011, 1, 1));
        table.Times[^1].ShouldBe(new(2012, 12, 31, 23, 0, 0));
        table.Columns["casual"].Zip(table.Columns["registered"], (casual, registered) => casual + registered).ShouldBe(table.Label);
        table.Columns["weathersit"].Distinct().Order().ShouldBe([1, 2, 3]);
    }

    [Fact]
    public void Demand_grows_by_the_factor_asked_for()
    {
        var years = new DemandSimulation { Days = 730, GrowthPerYear = 1.5, Noise = 0.1 };

        Growth(years).ShouldBe(1.5, 0.15);
        Growth(years with { GrowthPerYear = 1 }).ShouldBe(1, 0.1);

        static double Growth(DemandSimulation options)
        {
            var label = Read(options).Label;
            return label.Skip(365 * 24).Sum() / label.Take(365 * 24).Sum();
        }
    }

    [Fact]
    public void Demand_drift_acts_on_the_last_days_only()
    {
        var (calm, drifted) = (Read(Short), Read(Short with { DemandDrift = 1.5 }));

        calm.Label.Take(100 * 24).ShouldBe(drifted.Label.Take(100 * 24));
        (drifted.Label.Skip(100 * 24).Sum() / calm.Label.Skip(100 * 24).Sum()).ShouldBe(1.5, 0.03);
        drifted.Columns["temp"].ShouldBe(calm.Columns["temp"]);
    }

    [Fact]
    public void Temperature_drift_acts_on_the_last_days_only()
    {
        var (calm, drifted) = (Read(Short).Columns["temp"], Read(Short with { TemperatureDrift = 0.2 }).Columns["temp"]);

        drifted.Take(100 * 24).ShouldBe(calm.Take(100 * 24));
        drifted.Skip(100 * 24).Zip(calm.Skip(100 * 24)).ShouldAllBe(pair => Math.Abs(Math.Min(1, pair.Second + 0.2) - pair.First) < 0.011);
    }

    [Fact]
    public void Nights_are_quiet_and_working_mornings_busy()
    {
        var table = Read(Short);
        var byHour = Enumerable.Range(0, table.Rows).Where(row => table.Columns["workingday"][row] == 1)
            .ToLookup(row => (int)table.Columns["hr"][row], row => table.Label[row]);

        byHour[8].Average().ShouldBeGreaterThan(10 * byHour[3].Average());
    }

    private static DataTable Read(DemandSimulation options)
    {
        var result = MemoryFiles.Read(
            [("simulated.csv", DemandSimulator.Write(options))], ContractReader.Of<RentalHour>(), CancellationToken.None);
        result.Findings.ShouldBeEmpty();
        return result.Table!;
    }

    [Fact]
    public void Columns_that_are_asked_for_keep_their_order_and_values()
    {
        var all = Rows(new() { Days = 90 });
        var some = Rows(new() { Days = 90, Columns = ["cnt", "dteday", "hr"] });

        some[0].ShouldBe("dteday,hr,cnt");
        some.ShouldBe(all.Select(line => line.Split(',')).Select(cells => $"{cells[1]},{cells[5]},{cells[16]}"));
    }

    [Fact]
    public void Columns_there_are_not_are_all_named() =>
        Should.Throw<MlOpsBuild.Core.UsageException>(() => DemandSimulator.Write(new() { Columns = ["hr", "hour", "day"] }))
            .Findings.Select(finding => finding.Value).ShouldBe(["hour", "day"]);

    private static string[] Rows(DemandSimulation options) =>
        System.Text.Encoding.UTF8.GetString(DemandSimulator.Write(options)).TrimEnd('\n').Split('\n');
}
