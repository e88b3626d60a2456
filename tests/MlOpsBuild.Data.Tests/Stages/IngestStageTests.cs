using MlOpsBuild.Core;
using MlOpsBuild.Data.Simulation;
using MlOpsBuild.Data.Sources;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Data.Stages.Tests;

public sealed class IngestStageTests : IDisposable
{
    private static readonly DemandSimulation Simulation = new() { Days = 3 };
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void The_key_of_files_is_their_content_and_order_not_their_folder()
    {
        var first = Input(File("x/a.csv", "1"), File("x/b.csv", "2"));
        var moved = Input(File("y/a.csv", "1"), File("y/b.csv", "2"));
        var swapped = Input(File("x/b.csv", "2"), File("x/a.csv", "1"));
        var changed = Input(File("x/a.csv", "1"), File("x/b.csv", "3"));

        Key(moved).ShouldBe(Key(first));
        Key(swapped).ShouldNotBe(Key(first));
        Key(changed).ShouldNotBe(Key(first));
    }

    [Fact]
    public void A_renamed_file_gives_another_key_because_the_result_holds_names() =>
        Key(Input(File("new.csv", "1"))).ShouldNotBe(Key(Input(File("old.csv", "1"))));

    [Fact]
    public void The_key_of_a_simulation_is_its_options()
    {
        var stage = new IngestStage();
        var input = new IngestInput(DataSource.Simulated(Simulation), []);

        stage.Key(new(DataSource.Simulated(Simulation with { }), [])).ShouldBe(stage.Key(input));
        stage.Key(new(DataSource.Simulated(Simulation with { Seed = 2 }), [])).ShouldNotBe(stage.Key(input));
        stage.Key(new(DataSource.Simulated(Simulation with { TemperatureDrift = 0.1 }), [])).ShouldNotBe(stage.Key(input));
    }

    [Fact]
    public async Task Files_are_kept_in_order_under_numbered_names()
    {
        var input = Input(File("in/b.csv", "two"), File("in/a.csv", "one"));
        var (snapshot, output) = await RunAsync(input);

        snapshot.Names.ShouldBe(["b.csv", "a.csv"]);
        snapshot.Simulated.ShouldBeFalse();
        Directory.GetFiles(output).ShouldBeEmpty();
        var kept = new IngestStage().Kept(input);
        kept.Keys.ShouldBe(["00000.csv", "00001.csv"], ignoreOrder: true);
        (kept["00000.csv"], kept["00001.csv"]).ShouldBe((input.Files[0], input.Files[1]));
    }

    [Fact]
    public void The_extension_stays_since_it_tells_how_a_file_is_written() =>
        new IngestStage().Kept(Input(File("in/rows.csv.gz", "one"), File("in/rows.parquet", "two"), File("in/rows", "three"))).Keys
            .ShouldBe(["00000.csv.gz", "00001.parquet", "00002"], ignoreOrder: true);

    [Fact]
    public async Task A_simulation_is_written_as_one_file_and_marked()
    {
        var (snapshot, output) = await RunAsync(new(DataSource.Simulated(Simulation), []));

        snapshot.Names.ShouldBe(["simulated.csv"]);
        snapshot.Simulated.ShouldBeTrue();
        (await System.IO.File.ReadAllBytesAsync(Path.Combine(output, "00000.csv"))).ShouldBe(DemandSimulator.Write(Simulation));
    }

    public void Dispose() => _folder.Dispose();

    private static IngestInput Input(params Artifact[] files) => new(DataSource.Files("*.csv"), files);

    private static (string Name, string Value)[] Key(IngestInput input) =>
        [.. new IngestStage().Key(input).Select(part => (part.Name, part.Value))];

    private Artifact File(string relative, string text)
    {
        var path = _folder[relative];
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        System.IO.File.WriteAllText(path, text);
        return new(Digest.Of(text), path);
    }

    private async Task<(Snapshot Snapshot, string Output)> RunAsync(IngestInput input)
    {
        var output = Directory.CreateDirectory(_folder["out"]).FullName;
        return (await new IngestStage().RunAsync(input, output, new Progress<string>(), CancellationToken.None), output);
    }
}
