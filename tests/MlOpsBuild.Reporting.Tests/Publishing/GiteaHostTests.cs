using MlOpsBuild.Core;
using MlOpsBuild.TestKit.CodeHosts;

namespace MlOpsBuild.Reporting.Publishing.Tests;

/// <summary>What is Gitea's and Forgejo's alone.</summary>
public sealed class GiteaHostTests : IDisposable
{
    private readonly HostWorld _world = new(CodeHostKind.Gitea);

    private FakeGitea Gitea => (FakeGitea)_world.Host;

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData(Verdict.Passed, "success")]
    [InlineData(Verdict.Failed, "failure")]
    [InlineData(Verdict.Inconclusive, "error")]
    public async Task The_verdict_is_a_status_of_the_pipelines_name(Verdict verdict, string state)
    {
        (await _world.PublishAsync(verdict))[^1].Way.ShouldBe("commit status");

        var status = Gitea.Statuses.ShouldHaveSingleItem();
        (status.GetProperty("sha").GetString(), status.GetProperty("context").GetString(), status.GetProperty("state").GetString())
            .ShouldBe((HostWorld.Commit, "mlops/Demand", state));
    }

    [Fact]
    public async Task All_comments_come_in_one_answer_which_is_asked_for_once()
    {
        for (var i = 0; i < 120; i++)
        {
            Gitea.Comments.Add(new(0, $"comment {i}", "alice"));
        }

        await _world.CommentAsync();

        Gitea.Requests.Count(request => request.Method == "GET" && request.Path.Contains("/comments", StringComparison.Ordinal))
            .ShouldBe(2, "to look, and to see whether another run posted meanwhile");
    }

    [Fact]
    public async Task A_command_is_answered_by_a_sign_and_taken_from_who_may_write()
    {
        Gitea.Permissions["ada"] = "write";
        Gitea.Comments.Add(new(5, "/mlops retrain", "ada"));
        var desk = CodeHosts.OpenCommands(_world.Context(), new TestKit.ManualTime()).ShouldNotBeNull();

        (await desk.IsAuthorizedAsync("ada", CancellationToken.None)).ShouldBeTrue();
        (await desk.IsAuthorizedAsync("eve", CancellationToken.None)).ShouldBeFalse();
        await desk.ReactAsync(new("retrain", "", 5, "ada"), taken: true, CancellationToken.None);
        await desk.ReactAsync(new("drop", "", 5, "ada"), taken: false, CancellationToken.None);
        Gitea.MayComment = false;
        await desk.ReactAsync(new("retrain", "", 5, "ada"), taken: true, CancellationToken.None);

        Gitea.Reactions.ShouldBe([(5, "rocket"), (5, "-1")]);
    }

    [Fact]
    public async Task A_long_description_is_cut_and_a_deployment_is_a_status()
    {
        await _world.PublishAsync(deployment: new("Demand/local", true, true, true, new string('x', 300)));

        var status = Gitea.Statuses[^1];
        (status.GetProperty("context").GetString(), status.GetProperty("state").GetString()).ShouldBe(("deploy/Demand/local", "success"));
        status.GetProperty("description").GetString()!.Length.ShouldBe(255);
    }
}
