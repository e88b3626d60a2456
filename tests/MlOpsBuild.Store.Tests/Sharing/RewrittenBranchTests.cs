using MlOpsBuild.Store.Content;

namespace MlOpsBuild.Store.Sharing.Tests;

/// <summary>A branch that was set back, rewritten or taken away takes nothing from a machine.</summary>
public sealed class RewrittenBranchTests
{
    [Fact]
    public async Task A_branch_that_was_deleted_and_made_again_by_a_machine_behind_gets_the_rest_back()
    {
        using var team = await TeamFixture.CreateAsync();
        var a = await team.MachineAsync("a");
        var b = await team.MachineAsync("b");
        await a.SaveRunAsync();
        await a.SendAsync();
        await b.ReceiveAsync();
        var id = await b.SaveRunAsync(1);
        await b.SendAsync();
        await team.Remote.RunAsync(["update-ref", "-d", TeamFixture.Reference], CancellationToken.None);
        await a.SaveRunAsync();
        await a.SendAsync();

        var report = await b.ReceiveAsync();

        report.Findings.ShouldHaveSingleItem().What.ShouldBe("The team's branch was taken away and made again");
        (await b.RunAsync(id)).ShouldNotBeNull();
        await b.SendAsync();
        await a.ReceiveAsync();
        (await a.RunAsync(id)).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_branch_that_was_deleted_is_made_again()
    {
        using var team = await TeamFixture.CreateAsync();
        var a = await team.MachineAsync("a");
        var id = await a.SaveRunAsync(4);
        await a.AuditAsync("1");
        await a.SendAsync();
        await team.Remote.RunAsync(["update-ref", "-d", TeamFixture.Reference], CancellationToken.None);

        await a.ReceiveAsync();
        await a.SendAsync();

        var b = await team.MachineAsync("b");
        await b.ReceiveAsync();
        (await b.RunAsync(id)).ShouldNotBeNull().Rows.ShouldBe(4);
        (await b.AuditedAsync()).ShouldBe(["1"]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_branch_that_was_set_back_is_told_and_takes_nothing_away(bool audited)
    {
        using var team = await TeamFixture.CreateAsync();
        var a = await team.MachineAsync("a");
        await a.SaveRunAsync();
        await a.SendAsync();
        var old = await team.HeadAsync();
        var id = await a.SaveRunAsync(1);
        if (audited)
        {
            await a.AuditAsync("1");
        }

        await a.SendAsync();
        var newest = await team.HeadAsync();
        await team.Remote.RunAsync(["update-ref", TeamFixture.Reference, old], CancellationToken.None);

        var report = await a.PullAsync();

        report.Reached.ShouldBeFalse();
        report.Findings.ShouldHaveSingleItem().Fix.ShouldNotBeNull().ShouldContain(newest);
        (await a.RunAsync(id)).ShouldNotBeNull();
        await team.Remote.RunAsync(["update-ref", TeamFixture.Reference, newest], CancellationToken.None);
        (await a.ReceiveAsync()).Findings.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_fact_that_was_pruned_by_a_later_commit_goes_here_too()
    {
        using var team = await TeamFixture.CreateAsync();
        var a = await team.MachineAsync("a");
        var id = await a.SaveRunAsync();
        await a.SendAsync();
        var path = (await team.FilesAsync()).Single(file => file.StartsWith("runs/", StringComparison.Ordinal));
        await team.EditAsync((path, null));

        (await a.ReceiveAsync()).Findings.ShouldBeEmpty();

        (await a.RunAsync(id)).ShouldBeNull();
    }

    /// <summary>Nobody prunes them: one that is gone may be the one that takes the others back.</summary>
    [Fact]
    public async Task An_approval_that_somebody_took_away_stays_here_and_is_sent_again()
    {
        using var team = await TeamFixture.CreateAsync();
        var a = await team.MachineAsync("a");
        const string Path = "approvals/20261125/20261125T120000.0000000Z-a.json";
        await AtomicFile.WriteAsync(
            System.IO.Path.Combine(a.Store.Folder, Path), "{ \"id\": \"a\" }\n"u8.ToArray(), CancellationToken.None);
        await a.SendAsync();
        (await team.FilesAsync()).ShouldContain(Path);
        await team.EditAsync((Path, null));

        await a.ReceiveAsync();
        await a.SendAsync();

        File.Exists(System.IO.Path.Combine(a.Store.Folder, Path)).ShouldBeTrue();
        (await team.FilesAsync()).ShouldContain(Path);
    }

    /// <summary>Whoever may write to the branch could put an old approval in the place of what takes it back.</summary>
    [Fact]
    public async Task An_approval_that_somebody_exchanged_stays_here_as_it_was()
    {
        using var team = await TeamFixture.CreateAsync();
        var a = await team.MachineAsync("a");
        const string Path = "approvals/20261125/20261125T120000.0000000Z-a.json";
        var file = System.IO.Path.Combine(a.Store.Folder, Path);
        await AtomicFile.WriteAsync(file, "{ \"id\": \"a\", \"withdraws\": true }\n"u8.ToArray(), CancellationToken.None);
        await a.SendAsync();
        await team.EditAsync((Path, "{ \"id\": \"a\" }\n"));

        await a.ReceiveAsync();

        (await File.ReadAllTextAsync(file)).ShouldContain("withdraws");
    }

    [Fact]
    public async Task A_run_that_was_pruned_and_went_on_here_is_kept_and_sent_again()
    {
        using var team = await TeamFixture.CreateAsync();
        var a = await team.MachineAsync("a");
        var id = await a.SaveRunAsync(1);
        await a.SendAsync();
        var path = (await team.FilesAsync()).Single(file => file.StartsWith("runs/", StringComparison.Ordinal));
        await team.EditAsync((path, null));
        await a.SaveRunAsync(id, 2);

        await a.ReceiveAsync();
        await a.SendAsync();

        (await a.RunAsync(id)).ShouldNotBeNull().Rows.ShouldBe(2);
        (await team.FilesAsync()).ShouldContain(path);
    }

    [Theory]
    [InlineData("{\"schema\": 4}")]
    [InlineData("{\"schema\": 4, \"more\": {}}")]
    public async Task A_branch_of_a_newer_program_is_refused(string text)
    {
        using var team = await TeamFixture.CreateAsync();
        var a = await team.MachineAsync("a");
        await a.SaveRunAsync();
        await a.SendAsync();
        await team.EditAsync(("store.json", text));
        var b = await team.MachineAsync("b");

        var problem = await Should.ThrowAsync<Core.UsageException>(b.PullAsync);

        problem.Findings.ShouldHaveSingleItem().What.ShouldBe("The store was written by a newer MlOpsBuild");
        Directory.Exists(b.FileOf("runs")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("{\"schema\": \"3\"}")]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("")]
    [InlineData(null)]
    public async Task A_branch_that_does_not_say_its_layout_is_told_and_left_alone(string? text)
    {
        using var team = await TeamFixture.CreateAsync();
        var a = await team.MachineAsync("a");
        await a.SaveRunAsync();
        await a.SendAsync();
        var head = await team.EditAsync(("store.json", text));
        var b = await team.MachineAsync("b");
        await b.SaveRunAsync();

        var report = await b.PublishAsync();

        report.Reached.ShouldBeFalse();
        report.Findings.ShouldHaveSingleItem().What.ShouldBe("The branch does not say which layout it has");
        (await team.HeadAsync()).ShouldBe(head);
    }

    [Fact]
    public async Task A_damaged_fact_is_told_and_keeps_no_other_away()
    {
        using var team = await TeamFixture.CreateAsync();
        var a = await team.MachineAsync("a");
        var id = await a.SaveRunAsync();
        await a.SendAsync();
        await team.EditAsync(("deployments/20261121/x.json", "[]"));
        var b = await team.MachineAsync("b");

        var report = await b.ReceiveAsync();

        report.Findings.ShouldHaveSingleItem().Where.ShouldBe("deployments/20261121/x.json");
        (await b.RunAsync(id)).ShouldNotBeNull();
        File.Exists(b.FileOf("deployments/20261121/x.json")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_damaged_fact_of_this_machine_is_told_and_not_sent()
    {
        using var team = await TeamFixture.CreateAsync();
        var a = await team.MachineAsync("a");
        await a.SaveRunAsync();
        await File.WriteAllTextAsync(
            Directory.GetFiles(a.FileOf("runs"), "*.json", SearchOption.AllDirectories).ShouldHaveSingleItem(), "{ half");
        await a.SaveRunAsync();

        var report = await a.PublishAsync();

        report.Findings.ShouldHaveSingleItem().What.ShouldBe("A fact of this machine cannot be read and is not shared");
        report.Unsent.ShouldBe(1);
        (await team.FilesAsync()).Count(file => file.StartsWith("runs/", StringComparison.Ordinal)).ShouldBe(1);
    }
}
