using MlOpsBuild.TestKit;
using MlOpsBuild.TestKit.CodeHosts;

namespace MlOpsBuild.Reporting.Publishing.Tests;

public sealed class ChangeRequestsTests : IDisposable
{
    private const string Branch = "mlops/retrain-Demand";
    private static readonly ChangeProposal Proposal =
        new(Branch, "Demand v7, trained anew", "Since: *drift*\n", "pipelines/Demand/version.json", "{\"version\": 7}\n");

    private readonly FakeGitHub _gitHub = new();
    private readonly FakeGitLab _gitLab = new();

    public void Dispose()
    {
        _gitHub.Dispose();
        _gitLab.Dispose();
    }

    [Theory]
    [InlineData(CodeHostKind.GitHub, "https://github.com/acme/shop/pull/1")]
    [InlineData(CodeHostKind.GitLab, "https://gitlab.com/acme/shop/-/merge_requests/1")]
    public async Task A_change_is_one_commit_with_one_file_on_top_of_the_default_branch(CodeHostKind kind, string address)
    {
        var (host, requests) = Open(kind);

        (await requests.ProposeAsync(Proposal, CancellationToken.None)).ShouldBe(new(1, address, true));

        host.Branches.IsOneAhead(Branch).ShouldBeTrue();
        host.Branches.Files(Branch).ShouldBe(
            new Dictionary<string, string> { ["README.md"] = "# Shop\n", [Proposal.Path] = Proposal.Content }, ignoreOrder: true);
        host.Branches.Files(FakeBranches.Default).Keys.ShouldBe(["README.md"]);
        var change = host.Branches.Changes.ShouldHaveSingleItem();
        (change.Branch, change.Title, change.Body).ShouldBe((Branch, Proposal.Title, Proposal.Body));
    }

    [Theory]
    [InlineData(CodeHostKind.GitHub)]
    [InlineData(CodeHostKind.GitLab)]
    public async Task One_that_is_open_is_brought_up_to_date_and_its_branch_replaced(CodeHostKind kind)
    {
        var (host, requests) = Open(kind);
        await requests.ProposeAsync(Proposal, CancellationToken.None);

        var again = await requests.ProposeAsync(
            Proposal with { Title = "Demand v8, trained anew", Content = "{\"version\": 8}\n" }, CancellationToken.None);

        (again.Number, again.Opened).ShouldBe((1, false));
        host.Branches.Changes.ShouldHaveSingleItem().Title.ShouldBe("Demand v8, trained anew");
        host.Branches.Files(Branch)[Proposal.Path].ShouldBe("{\"version\": 8}\n");
        host.Branches.IsOneAhead(Branch).ShouldBeTrue();
    }

    [Theory]
    [InlineData(CodeHostKind.GitHub)]
    [InlineData(CodeHostKind.GitLab)]
    public async Task A_token_that_may_not_is_told_and_nothing_is_left(CodeHostKind kind)
    {
        var (host, requests) = Open(kind);
        host.MayPush = false;

        (await Should.ThrowAsync<HostRefusedException>(() => requests.ProposeAsync(Proposal, CancellationToken.None)))
            .IsForbidden.ShouldBeTrue();
        host.Branches.Names.ShouldBe([FakeBranches.Default]);
        host.Branches.Changes.ShouldBeEmpty();
    }

    private (FakeCodeHost Host, IChangeRequests Requests) Open(CodeHostKind kind)
    {
        FakeCodeHost host = kind == CodeHostKind.GitHub ? _gitHub : _gitLab;
        var context = new CodeHostContext
        {
            Kind = kind, Api = host.Address, Project = kind == CodeHostKind.GitHub ? _gitHub.Repository : _gitLab.ProjectPath,
            Commit = "0123456789abcdef0123456789abcdef01234567", Token = host.Token,
        };
        return (host, CodeHosts.OpenChangeRequests(context, new ManualTime())!);
    }
}
