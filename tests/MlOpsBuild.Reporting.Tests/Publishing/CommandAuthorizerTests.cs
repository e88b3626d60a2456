namespace MlOpsBuild.Reporting.Publishing.Tests;

public sealed class CommandAuthorizerTests : IDisposable
{
    private readonly PublishingRun _run = new();

    public void Dispose() => _run.Dispose();

    [Theory]
    [InlineData("admin", true)]
    [InlineData("write", true)]
    [InlineData("read", false)]
    [InlineData("none", false)]
    [InlineData(null, false)]
    public async Task Only_who_may_write_may_command(string? permission, bool may)
    {
        if (permission != null)
        {
            _run.GitHub.Permissions["ada"] = permission;
        }

        (await Desk().IsAuthorizedAsync("ada", CancellationToken.None)).ShouldBe(may);
    }

    [Fact]
    public async Task A_name_cannot_ask_for_another_path()
    {
        (await Desk().IsAuthorizedAsync("../../issues/7/comments?", CancellationToken.None)).ShouldBeFalse();

        _run.GitHub.Requests.ShouldHaveSingleItem().Path.ShouldEndWith("collaborators/..%2F..%2Fissues%2F7%2Fcomments%3F/permission");
    }

    [Fact]
    public async Task The_answer_is_a_reaction_and_a_host_that_takes_none_changes_nothing()
    {
        await Desk().ReactAsync(new("retrain", "", 5, "ada"), taken: true, CancellationToken.None);
        await Desk().ReactAsync(new("x", "", 6, "ada"), taken: false, CancellationToken.None);
        _run.GitHub.MayComment = false;
        await Desk().ReactAsync(new("retrain", "", 7, "ada"), taken: true, CancellationToken.None);

        _run.GitHub.Reactions.ShouldBe([(5, "rocket"), (6, "-1")]);
    }

    private CommandAuthorizer Desk() => CodeHosts.OpenCommands(_run.Context(), _run.Time)!;
}
