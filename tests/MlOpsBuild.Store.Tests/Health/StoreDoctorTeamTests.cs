using MlOpsBuild.Core;
using MlOpsBuild.Store.Tests;

namespace MlOpsBuild.Store.Health.Tests;

/// <summary>What a team's state can repair.</summary>
public sealed class StoreDoctorTeamTests : IDisposable
{
    private readonly Machines _machines = new();

    public void Dispose() => _machines.Dispose();

    [Fact]
    public async Task Damaged_content_is_fetched_from_the_team_again()
    {
        var machine = await _machines.JoinAsync("one");
        var version = await machine.RegisterAsync();
        var path = machine.Store.Blobs.PathOf(version.Model);
        File.WriteAllText(path, "damaged");

        var diagnosis = (await ExamineAsync(machine)).Diagnoses.ShouldHaveSingleItem();

        (diagnosis.Kind, diagnosis.Finding.Expected).ShouldBe((DiagnosisKind.Repaired, version.Model.ToString()));
        diagnosis.Done.ShouldNotBeNull().ShouldContain("fetched from the team");
        Digest.Of(File.ReadAllBytes(path)).ShouldBe(version.Model);
        (await ExamineAsync(machine)).Diagnoses.ShouldBeEmpty();
    }

    [Fact]
    public async Task Missing_content_of_a_version_is_fetched_and_in_a_dry_run_only_noted()
    {
        var machine = await _machines.JoinAsync("one");
        var version = await machine.RegisterAsync();
        File.Delete(machine.Store.Blobs.PathOf(version.Bundle));

        (await ExamineAsync(machine, repairs: false)).Diagnoses.ShouldHaveSingleItem().Kind.ShouldBe(DiagnosisKind.Note);
        machine.Store.Blobs.Contains(version.Bundle).ShouldBeFalse();

        (await ExamineAsync(machine)).Diagnoses.ShouldBeEmpty();
        (await machine.Store.Blobs.VerifyAsync(version.Bundle, CancellationToken.None)).ShouldBeTrue();
    }

    [Theory]
    [InlineData("registry/Demand/versions/00001.json")]
    [InlineData("registry/Demand/aliases/champion/00001.json")]
    public async Task A_damaged_fact_is_taken_from_the_team_and_the_damaged_file_is_kept(string path)
    {
        var machine = await _machines.JoinAsync("one");
        await machine.RegisterAsync();
        await machine.PromoteAsync(null, 1);
        var whole = File.ReadAllBytes(machine[path]);
        File.WriteAllText(machine[path], "damaged");

        var diagnosis = (await ExamineAsync(machine)).Diagnoses.ShouldHaveSingleItem();

        (diagnosis.Kind, diagnosis.Finding.Where).ShouldBe((DiagnosisKind.Repaired, path));
        File.ReadAllBytes(machine[path]).ShouldBe(whole);
        File.ReadAllText(Directory.GetFiles(machine["damaged"]).ShouldHaveSingleItem()).ShouldBe("damaged");
        (await ExamineAsync(machine)).Diagnoses.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_dry_run_says_that_the_team_has_the_damaged_fact_and_leaves_it()
    {
        var machine = await _machines.JoinAsync("one");
        await machine.RegisterAsync();
        File.WriteAllText(machine["registry/Demand/versions/00001.json"], "damaged");

        var diagnosis = (await ExamineAsync(machine, repairs: false))
            .Diagnoses.Single(found => found.Finding.What == "A fact cannot be read");

        diagnosis.Kind.ShouldBe(DiagnosisKind.Problem);
        diagnosis.Done.ShouldNotBeNull().ShouldContain("without --dry-run");
        File.ReadAllText(machine["registry/Demand/versions/00001.json"]).ShouldBe("damaged");
    }

    [Fact]
    public async Task A_damaged_fact_that_the_team_never_had_stays_a_problem()
    {
        var machine = await _machines.JoinAsync("one");
        await machine.RegisterAsync();
        var run = await machine.RunAsync();
        var path = $"runs/{run.Id[..8]}/{run.Id}.json";
        File.WriteAllText(machine[path], "damaged");

        var diagnosis = (await ExamineAsync(machine)).Diagnoses.ShouldHaveSingleItem();

        (diagnosis.Kind, diagnosis.Finding.Where, diagnosis.Done).ShouldBe((DiagnosisKind.Problem, path, null));
        File.ReadAllText(machine[path]).ShouldBe("damaged");
    }

    [Fact]
    public async Task A_damaged_copy_of_the_teams_branch_is_made_anew()
    {
        var machine = await _machines.JoinAsync("one");
        var version = await machine.RegisterAsync();
        await DamageAsync(machine, "commit");

        var again = await _machines.JoinAsync("one");
        (await again.Store.Team!.PullAsync(CancellationToken.None)).Problem.ShouldBeNull();
        var diagnosis = (await ExamineAsync(again)).Diagnoses.ShouldHaveSingleItem();

        (diagnosis.Kind, diagnosis.Done).ShouldBe((DiagnosisKind.Repaired, "made anew from the remote"));
        (await again.Store.Team!.PublishAsync(CancellationToken.None)).Reached.ShouldBeTrue();
        File.Delete(again.Store.Blobs.PathOf(version.Model));
        (await again.Store.Blobs.EnsureAsync(version.Model, CancellationToken.None)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_broken_audit_chain_is_put_back_from_the_team()
    {
        var machine = await _machines.JoinAsync("one");
        await machine.RegisterAsync();
        await machine.AuditAsync("deploy", []);
        await machine.Store.Team!.PublishAsync(CancellationToken.None);
        var whole = File.ReadAllText(machine["audit.jsonl"]);
        File.WriteAllText(machine["audit.jsonl"], whole.Replace("because", "for nothing", StringComparison.Ordinal));

        var again = await _machines.JoinAsync("one");
        await again.Store.Team!.PullAsync(CancellationToken.None);
        (await ExamineAsync(again)).Diagnoses.ShouldBeEmpty();

        File.ReadAllText(machine["audit.jsonl"]).ShouldBe(whole);
    }

    [Fact]
    public async Task Without_an_answer_of_the_remote_what_this_machine_knows_of_it_still_repairs_facts()
    {
        var machine = await _machines.JoinAsync("one");
        await machine.RegisterAsync();
        var whole = File.ReadAllBytes(machine["registry/Demand/versions/00001.json"]);
        File.WriteAllText(machine["registry/Demand/versions/00001.json"], "damaged");
        _machines.Disconnect();

        (await ExamineAsync(machine)).Diagnoses.ShouldHaveSingleItem().Kind.ShouldBe(DiagnosisKind.Repaired);

        File.ReadAllBytes(machine["registry/Demand/versions/00001.json"]).ShouldBe(whole);
    }

    private static Task<HealthReport> ExamineAsync(Machine machine, bool repairs = true) =>
        new StoreDoctor(machine.Store, machine.Time, repairs).ExamineAsync(CancellationToken.None);

    // As a power cut leaves a file: named, and empty.
    internal static async Task DamageAsync(Machine machine, string kind)
    {
        var repository = Directory.GetDirectories(machine["remote"], "*.git").ShouldHaveSingleItem();
        var git = await Runs.Tests.GitRepository.InitAsync(machine["../../seed"]);
        var packs = Directory.GetFiles(repository, "*.pack", SearchOption.AllDirectories);
        foreach (var pack in packs)
        {
            File.Move(pack, pack + ".moved");
            await git.GitAsync("-C", repository, "unpack-objects", "-q", pack + ".moved");
        }

        var id = await git.GitAsync("-C", repository, "rev-parse", "refs/mlops/merged^{" + kind + "}");
        var file = Path.Combine(repository, "objects", id[..2], id[2..]);
        File.SetAttributes(file, FileAttributes.Normal);
        File.WriteAllBytes(file, []);
    }
}
