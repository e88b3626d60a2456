using System.Collections;
using System.Diagnostics;
using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Tests;
using MlOpsBuild.Store;
using MlOpsBuild.Store.Versions;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Delivery.Deployments.Tests;

public sealed class DeployingProgramTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly MlOpsStore _store;
    private readonly Dictionary<string, string> _variables = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? "");

    public DeployingProgramTests() => _store = MlOpsStore.At(_folder["checkout"], new ManualTime());

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_another_machine_deployed_is_acted_on_by_the_program_that_deployed_it()
    {
        var program = await KeepAsync("theirs");
        await DeployedAsync(1, program);

        var assembly = (await FindAsync()).ShouldNotBeNull();

        assembly.ShouldBe(_folder[$"checkout/.mlops/programs/{program.Hex}/_build.dll"]);
        File.ReadAllText(assembly).ShouldBe("theirs");
    }

    [Fact]
    public async Task Where_nothing_serves_this_program_is_right()
    {
        await _store.Programs.KeepAsync(Program("theirs"), CancellationToken.None);

        (await FindAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task What_this_store_deployed_is_acted_on_by_this_program()
    {
        await DeployedAsync(1, await KeepAsync("theirs"), origin: _store.Origin);

        (await FindAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task Where_the_same_program_deployed_this_one_is_right()
    {
        await DeployedAsync(1, await KeepAsync("ours"));

        (await FindAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task A_program_that_nobody_kept_is_not_looked_for()
    {
        await DeployedAsync(1, Digest.Of("unknown"));
        (await FindAsync()).ShouldBeNull();

        await DeployedAsync(2, program: null);
        (await FindAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task A_program_that_acts_already_looks_for_no_other()
    {
        await DeployedAsync(1, await KeepAsync("theirs"));
        _variables["MLOPS_ACTING_PROGRAM"] = "1";

        (await FindAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task It_is_the_deployment_of_the_champion_that_counts_and_of_several_the_newest_that_served()
    {
        var (first, second, failed, other) = (await KeepAsync("first"), await KeepAsync("second"), await KeepAsync("failed"), await KeepAsync("other"));
        await DeployedAsync(1, first);
        await SaveAsync("20261122", 1, second, DeploymentOutcome.FirstServed);
        await SaveAsync("20261123", 1, failed, DeploymentOutcome.RolledBack);
        await SaveAsync("20261124", 2, other, DeploymentOutcome.Promoted);

        File.ReadAllText((await FindAsync()).ShouldNotBeNull()).ShouldBe("second");
    }

    [Fact]
    public async Task After_a_rollback_it_is_the_program_that_deployed_what_serves_now()
    {
        await DeployedAsync(1, await KeepAsync("first"));
        await DeployedAsync(2, await KeepAsync("second"));
        File.ReadAllText((await FindAsync()).ShouldNotBeNull()).ShouldBe("second");

        await _store.Versions("Tiny").MoveAsync(Deployer.Champion, 2, 1, AliasMoveKind.Rollback, "on call", "bad", CancellationToken.None);

        File.ReadAllText((await FindAsync()).ShouldNotBeNull()).ShouldBe("first");
    }

    [Fact]
    public async Task A_known_program_that_cannot_be_had_is_a_failure_that_says_so()
    {
        await DeployedAsync(1, await KeepAsync("theirs"));
        File.Delete(_store.Blobs.PathOf(Digest.Of("theirs")));

        (await Should.ThrowAsync<StageFailedException>(FindAsync())).Findings.ShouldHaveSingleItem().What.ShouldContain("missing");
    }

    [Fact]
    public async Task It_runs_with_the_callers_words_and_world_and_knows_that_it_acts_for_another()
    {
        _variables["GIVEN"] = "a value";
        _variables["MLOPS_START_SCRIPT"] = "/checkout/build.sh";
        _variables["MLOPS_REBUILD"] = "1";
        Directory.CreateDirectory(_folder["checkout"]);
        var heard = new Heard();

        var code = await Acting().RunAsync(EmittedProgram.WriteTo(_folder["acting"]), ["Rollback", "--reason", "two words"], _folder["checkout"], heard, CancellationToken.None);

        code.ShouldBe(3);
        heard.Lines.ShouldBe(
        [
            "arguments Rollback|--reason|two words", "MLOPS_ACTING_PROGRAM 1", $"MLOPS_ROOT {_folder["checkout"]}", "MLOPS_START_SCRIPT ", "MLOPS_REBUILD ", "GIVEN a value", $"PATH {_variables["PATH"]}",
            $"folder {_folder["checkout"]}", "complaint 1",
        ], ignoreOrder: true);
    }

    [Fact]
    public async Task Only_what_the_caller_gives_is_in_its_world()
    {
        _variables.Remove("PATH").ShouldBeTrue();
        Directory.CreateDirectory(_folder["checkout"]);
        var heard = new Heard();

        (await Acting().RunAsync(EmittedProgram.WriteTo(_folder["acting"]), [], _folder["checkout"], heard, CancellationToken.None)).ShouldBe(0);

        heard.Lines.ShouldContain("PATH ");
    }

    [Fact]
    public async Task Stopped_it_is_ended()
    {
        using var stopping = new CancellationTokenSource();
        Directory.CreateDirectory(_folder["checkout"]);
        var assembly = EmittedProgram.WriteTo(_folder["acting"]);

        Process? acting = null;
        void Stop()
        {
            acting = Process.GetProcessById(LocalWorld.PidsOf(assembly).ShouldHaveSingleItem());
            stopping.Cancel();
        }

        await Should.ThrowAsync<OperationCanceledException>(Acting().RunAsync(assembly, ["wait"], _folder["checkout"], new Heard(line => line.StartsWith("folder", StringComparison.Ordinal), Stop), stopping.Token));

        using (acting.ShouldNotBeNull())
        {
            acting.WaitForExit(TimeSpan.FromMinutes(1)).ShouldBeTrue();
        }
    }

    private DeployingProgram Acting() => new(_store, Program("ours"), _variables);

    private Task<string?> FindAsync() => Acting().FindAsync("Tiny", CancellationToken.None);

    private string Program(string text)
    {
        Directory.CreateDirectory(_folder[text]);
        File.WriteAllText(_folder[text + "/_build.dll"], text);
        File.WriteAllText(_folder[text + "/_build.runtimeconfig.json"], "{}");
        return _folder[text];
    }

    private async Task<Digest> KeepAsync(string text) => (await _store.Programs.KeepAsync(Program(text), CancellationToken.None)).ShouldNotBeNull();

    private async Task DeployedAsync(int version, Digest? program, string origin = "abcdef")
    {
        var bundle = Digest.Of($"bundle {version}");
        var registry = _store.Versions("Tiny");
        await registry.RegisterAsync(number => new(number, bundle, Digest.Of("model"), "run", DateTimeOffset.UnixEpoch, true, null), bundle, CancellationToken.None);
        await registry.MoveAsync(Deployer.Champion, (await registry.ResolveAsync(Deployer.Champion, CancellationToken.None))?.Number, version, AliasMoveKind.Promote, "ann", "better", CancellationToken.None);
        await SaveAsync("20261121", version, program, DeploymentOutcome.Promoted, origin);
    }

    private Task SaveAsync(string day, int version, Digest? program, DeploymentOutcome outcome, string origin = "abcdef") => new DeploymentStore(_store).SaveAsync(
        new() { Id = $"{day}T120000.000Z-v{version}-{origin}", Pipeline = "Tiny", Environment = "local", Version = version, Started = DateTimeOffset.UnixEpoch, Outcome = outcome, Origin = origin, Program = program },
        CancellationToken.None);
}
