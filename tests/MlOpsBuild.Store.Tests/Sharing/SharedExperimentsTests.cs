using System.Text;
using MlOpsBuild.Core;

namespace MlOpsBuild.Store.Sharing.Tests;

/// <summary>Records of A/B tests are the team's, as deployments are: written when a test begins, and once more when it ends.</summary>
public sealed class SharedExperimentsTests
{
    private const string Path = "experiments/20261121/20261121T120000.000Z-ab2-abc123.json";

    [Fact]
    public async Task A_record_and_its_end_come_to_the_others()
    {
        using var team = await TeamFixture.CreateAsync();
        var (a, b) = (await team.MachineAsync("a"), await team.MachineAsync("b"));
        Write(a, "Open");
        await a.SendAsync();
        await b.ReceiveAsync();
        b.Read(Path).ShouldBe(a.Read(Path));

        Write(a, "Ship");
        await a.SendAsync();
        await b.ReceiveAsync();

        b.Read(Path).ShouldContain("Ship");
        (await team.FilesAsync()).ShouldContain(Path);
    }

    [Fact]
    public async Task A_version_that_gets_another_number_gets_it_in_the_record_too()
    {
        using var team = await TeamFixture.CreateAsync();
        await (await team.MachineAsync("a")).RegisterAsync("one");

        // Without the remote: both took the same number.
        await MlOpsStore.At(team["b"], TimeProvider.System).Versions(Machine.Pipeline)
            .RegisterAsync(Machine.Version("other"), Digest.Of("other"), CancellationToken.None);
        var b = await team.MachineAsync("b");
        Write(b, "Open", version: 1);

        await b.SendAsync();

        b.Read(Path).ShouldContain("\"version\": 2");
    }

    private static void Write(Machine machine, string decision, int version = 2)
    {
        var file = machine.FileOf(Path);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
        File.WriteAllText(file, Encoding.UTF8.GetString(CanonicalJson.Serialize(new
        {
            id = System.IO.Path.GetFileNameWithoutExtension(Path), pipeline = Machine.Pipeline, environment = "local", version,
            started = DateTimeOffset.UnixEpoch, decision,
        })));
    }
}
