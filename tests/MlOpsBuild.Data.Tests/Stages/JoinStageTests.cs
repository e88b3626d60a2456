using MlOpsBuild.Core;
using MlOpsBuild.Core.Views;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Data.Formats;
using MlOpsBuild.Data.Sources;
using MlOpsBuild.Data.Tables;
using MlOpsBuild.Data.Views;
using MlOpsBuild.Data.Views.Tests;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Data.Stages.Tests;

public sealed class JoinStageTests : IDisposable
{
    private const string Weather = """
        Station,At,Told,Temperature,Sky,Gusts
        north,2026-01-01T08:00:00,2026-01-01T08:10:00,1.5,dry,3
        north,2026-01-01T09:00:00,2026-01-01T11:00:00,2.5,rain,4
        south,2026-01-01T08:00:00,2026-01-01T08:00:00,,dry,5
        """;

    private const string Rides = """
        Id,At,Station,Rides
        1,2026-01-01T08:05:00,north,10
        2,2026-01-01T08:10:00,north,11
        3,2026-01-01T10:00:00,north,12
        4,2026-01-01T11:00:00,north,13
        5,2026-01-01T11:00:00,south,14
        6,2026-01-01T11:00:00,east,15
        7,2026-01-01T14:00:00,north,16
        """;

    private static readonly DataContract Contract = ContractReader.Of<Ride>();
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Each_row_has_what_was_true_and_known_at_its_moment()
    {
        var (tallies, table) = await JoinAsync(Rides, Weather);

        table.Columns["Degrees"].ShouldBe([double.NaN, 1.5, 1.5, 2.5, double.NaN, double.NaN, double.NaN]);
        table.Columns["Sky"].ShouldBe([double.NaN, 0, 0, 1, 0, double.NaN, double.NaN]);
        tallies.Views.ShouldBe([new("weather", 4, 2, 1)]);
    }

    [Fact]
    public async Task The_order_of_a_views_rows_does_not_matter()
    {
        var lines = Weather.ReplaceLineEndings("\n").Split('\n');
        var (_, table) = await JoinAsync(Rides, Weather);
        var (_, turned) = await JoinAsync(Rides, string.Join('\n', lines.Skip(1).Reverse().Prepend(lines[0])));

        turned.Columns["Degrees"].ShouldBe(table.Columns["Degrees"]);
    }

    [Fact]
    public async Task Rows_written_otherwise_find_the_same()
    {
        var format = new TableFormat { DecimalComma = true, Separator = ';' };
        var (_, table) = await JoinAsync(Rides.Replace(',', ';'), Weather, format);

        table.Columns["Degrees"].ShouldBe([double.NaN, 1.5, 1.5, 2.5, double.NaN, double.NaN, double.NaN]);
    }

    [Fact]
    public async Task Broken_rows_are_told_with_their_own_places()
    {
        var broken = Rides.Replace("2,2026-01-01T08:10:00", "2,yesterday", StringComparison.Ordinal) + "\n8,2026-01-01T15:00:00,north";
        var (input, files) = await RunAsync(broken, Weather);

        var read = await Joined(input, files).ReadAsync(Contract, null, CancellationToken.None);
        read.Table.ShouldBeNull();
        read.Findings.Select(finding => finding.Where).ShouldBe(["rides.csv, line 3, column At", "rides.csv, line 9"], ignoreOrder: true);
    }

    [Fact]
    public async Task Rows_without_a_key_column_are_left_to_the_validation()
    {
        var (input, files) = await RunAsync("Id,At,Rides\n1,2026-01-01T08:05:00,10", Weather);

        var read = await Joined(input, files).ReadAsync(Contract, null, CancellationToken.None);
        read.Findings.Select(finding => finding.What).ShouldBe(["Missing column"]);
    }

    [Fact]
    public async Task A_column_of_the_rows_own_files_cannot_be_a_joined_one_too()
    {
        var (input, files) = await RunAsync("Id,At,Station,Rides,Degrees\n1,2026-01-01T08:05:00,north,10,3", Weather);

        var read = await Joined(input, files).ReadAsync(Contract, null, CancellationToken.None);
        read.Findings.Select(finding => (finding.What, finding.Value)).ShouldBe([("Duplicate column", "Degrees")]);
    }

    [Fact]
    public async Task A_view_keeps_its_own_contract()
    {
        var problem = await Should.ThrowAsync<StageFailedException>(
            RunAsync(Rides, Weather.Replace("rain", "hail", StringComparison.Ordinal)));

        problem.Verdict.ShouldBe(Verdict.Failed);
        problem.Findings.ShouldHaveSingleItem().Where.ShouldBe("weather.csv, line 3, column Sky");
    }

    [Fact]
    public async Task The_key_is_that_of_the_rows_the_values_and_what_is_taken_not_of_their_place()
    {
        var (input, _) = await RunAsync(Rides, Weather);
        var key = Key(input);

        Key((await RunAsync(Rides, Weather)).Input).ShouldBe(key);
        Key(With(input, join => join with { View = join.View with { Source = DataSource.Files("elsewhere.csv") } })).ShouldBe(key);
        Key(With(input, join => join with { View = join.View with { MaxAge = TimeSpan.FromDays(1) } })).ShouldNotBe(key);
        Key((await RunAsync(Rides, Weather + "\neast,2026-01-01T08:00:00,2026-01-01T08:00:00,3,dry,5")).Input).ShouldNotBe(key);
        Key((await RunAsync(Rides + "\n8,2026-01-01T15:00:00,north,1", Weather)).Input).ShouldNotBe(key);
    }

    [Fact]
    public async Task What_was_joined_is_part_of_which_data_it_is()
    {
        var (input, files) = await RunAsync(Rides, Weather);

        Joined(input, files).Combined.ShouldNotBe(input.Snapshot.Combined);
        Joined(input, files).Key.Select(part => part.Name).ShouldBe(["data 1", "joined 1"]);
    }

    [Fact]
    public async Task Values_that_belong_to_other_rows_are_never_taken()
    {
        var (input, files) = await RunAsync(Rides, Weather);
        var longer = Stored("longer.csv", Rides + "\n8,2026-01-01T15:00:00,north,1");
        var snapshot = Joined(input, files) with { Files = [longer] };

        (await snapshot.ReadAsync(Contract, null, CancellationToken.None)).Findings.ShouldHaveSingleItem().Code.ShouldBe("MLB1081");
    }

    public void Dispose() => _folder.Dispose();

    private static (string, string)[] Key(JoinInput input) =>
        [.. new JoinStage().Key(input).Select(part => (part.Name, part.Value))];

    private static JoinInput With(JoinInput input, Func<ViewJoin, ViewJoin> change) =>
        input with { Views = [.. input.Views.Select(view => view with { Join = change(view.Join) })] };

    private static SnapshotFiles Joined(JoinInput input, IReadOnlyList<Artifact> files) => input.Snapshot with { Joined = files };

    private async Task<(JoinedRows Tallies, DataTable Table)> JoinAsync(string rides, string weather, TableFormat? format = null)
    {
        var view = FeatureView.Of<StationWeather>("weather", DataSource.Files("weather.csv")).FreshFor(TimeSpan.FromHours(4)).Specification;
        var (input, output) = (Input(view, rides, weather, format), Output());
        var tallies = await new JoinStage().RunAsync(input, output, SilentProgress.Instance, CancellationToken.None);
        return (tallies, await Joined(input, Files(output)).ReadValidatedAsync(Contract, CancellationToken.None));
    }

    private async Task<(JoinInput Input, IReadOnlyList<Artifact> Files)> RunAsync(string rides, string weather)
    {
        var view = FeatureView.Of<StationWeather>("weather", DataSource.Files("weather.csv")).Specification;
        var (input, output) = (Input(view, rides, weather, null), Output());
        await new JoinStage().RunAsync(input, output, SilentProgress.Instance, CancellationToken.None);
        return (input, Files(output));
    }

    private JoinInput Input(FeatureViewSpec view, string rides, string weather, TableFormat? format)
    {
        var taken = new JoinedView("weather", [Contract["Station"].Rule], [new("Temperature", "Degrees"), new("Sky", "Sky")])
        {
            MaxAge = view.MaxAge
        };
        return new(
            new(["rides.csv"], [Stored("rides.csv", rides)]) { Format = format ?? TableFormat.Usual }, Contract,
            [new(new(view, taken), new(["weather.csv"], [Stored("weather.csv", weather)]))]);
    }

    private string Output() => Directory.CreateDirectory(_folder[Guid.NewGuid().ToString("N")]).FullName;

    private static IReadOnlyList<Artifact> Files(string output) =>
        [.. Directory.GetFiles(output).Order(StringComparer.Ordinal)
            .Select(path => new Artifact(Digest.Of(File.ReadAllBytes(path)), path))];

    private Artifact Stored(string name, string text)
    {
        var path = Path.Combine(Output(), name);
        File.WriteAllText(path, text);
        return new(Digest.Of(text), path);
    }

    private sealed record Ride(
        int Id,
        [property: Timestamp] DateTime At,
        string Station,
        double? Degrees,
        [property: Categories("dry", "rain")] string? Sky,
        [property: Label] int Rides);
}
