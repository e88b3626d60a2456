using MlOpsBuild.Core;
using MlOpsBuild.TestKit.CodeHosts;

namespace MlOpsBuild.Reporting.Publishing.Tests;

/// <summary>What is Azure DevOps's alone.</summary>
public sealed class AzureDevOpsHostTests : IDisposable
{
    private readonly HostWorld _world = new(CodeHostKind.AzureDevOps);

    private FakeAzureDevOps Azure => (FakeAzureDevOps)_world.Host;

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_builds_token_stands_alone_and_a_persons_is_a_password(bool personal)
    {
        Azure.IsPersonal = personal;

        (await _world.CommentAsync()).ShouldBe(CommentOutcome.Created);

        Azure.Requests.ShouldAllBe(
            request => request.Headers["Authorization"].StartsWith(personal ? "Basic " : "Bearer ", StringComparison.Ordinal)
            && request.Path.Contains("api-version=7.1", StringComparison.Ordinal));
    }

    /// <summary>A policy that asks for threads to be resolved would hold every pull request up.</summary>
    [Fact]
    public async Task The_thread_is_closed_and_stays_the_same()
    {
        await _world.CommentAsync();
        await _world.CommentAsync("newer", run: 11);

        Azure.StatusOf(Azure.Comments.ShouldHaveSingleItem()).ShouldBe("closed");
        Azure.Requests.Where(request => request.Method == "PATCH").ShouldHaveSingleItem().Path.ShouldEndWith("/comments/1?api-version=7.1");
    }

    [Fact]
    public async Task What_the_host_says_itself_and_beside_lines_is_no_report()
    {
        var (comments, more) = await _world.Open().ListAsync(1, CancellationToken.None);

        (comments.Count, more).ShouldBe((0, false));
    }

    [Theory]
    [InlineData(Verdict.Passed, "succeeded")]
    [InlineData(Verdict.Failed, "failed")]
    [InlineData(Verdict.Inconclusive, "error")]
    [InlineData(Verdict.Error, "failed")]
    public async Task The_verdict_stands_at_the_commit_and_where_policies_look_for_it(Verdict verdict, string state)
    {
        (await _world.PublishAsync(verdict))[^1].Way.ShouldBe("status of commit and pull request");

        Azure.Statuses.Select(status => (
                status.GetProperty("place").GetString(), status.GetProperty("state").GetString(),
                status.GetProperty("context").GetProperty("genre").GetString(),
                    status.GetProperty("context").GetProperty("name").GetString()))
            .ShouldBe([(HostWorld.Commit, state, "mlops", "Demand"), ("pullRequests/7", state, "mlops", "Demand")]);
    }

    [Fact]
    public async Task A_deployment_is_a_status_of_the_commit_that_was_deployed()
    {
        var other = new string('f', 40);

        await _world.PublishAsync(deployment: new("Demand/local", false, false, true, new string('x', 2_000)) { Commit = other });

        var status = Azure.Statuses[^1];
        (status.GetProperty("place").GetString(), status.GetProperty("state").GetString()).ShouldBe((other, "error"));
        status.GetProperty("context").GetProperty("name").GetString().ShouldBe("Demand/local");
        status.GetProperty("description").GetString()!.Length.ShouldBe(1_000);
    }

    [Theory]
    [InlineData("none", "write", true)]
    [InlineData("read", "admin", true)]
    [InlineData("read", "read", false)]
    [InlineData("admin", "denied", false)]
    public async Task A_groups_right_counts_and_its_refusal_outweighs(string own, string group, bool may)
    {
        Azure.Permissions["ada"] = own;
        Azure.Groups["Contributors"] = (group, ["ada"]);
        Azure.Groups["Others"] = ("admin", ["bob"]);

        (await _world.Open().MayWriteAsync("Ada@example.org", CancellationToken.None)).ShouldBe(may);
    }

    [Fact]
    public async Task A_part_of_a_name_is_nobody()
    {
        Azure.Permissions["ada"] = "admin";

        (await _world.Open().MayWriteAsync("ada", CancellationToken.None)).ShouldBeFalse();
        (await _world.Open().MayWriteAsync("example.org", CancellationToken.None)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_project_without_a_repository_is_told()
    {
        var lines = await _world.PublishAsync(change: context => context with { Project = "shop/other" });

        lines[1].Text.ShouldContain("404 TF401180");
    }
}
