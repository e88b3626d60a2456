using System.Text.Json;
using MlOpsBuild.Core;
using MlOpsBuild.TestKit;
using MlOpsBuild.TestKit.CodeHosts;

namespace MlOpsBuild.Reporting.Publishing.Tests;

/// <summary>A fake host of any kind, and the runs that publish on it.</summary>
internal sealed class HostWorld : IDisposable
{
    public const string Commit = "0123456789abcdef0123456789abcdef01234567";
    private readonly TemporaryFolder _folder = new();

    public HostWorld(CodeHostKind kind) => (Kind, Host) = (kind, kind switch
    {
        CodeHostKind.GitHub => new FakeGitHub(),
        CodeHostKind.GitLab => new FakeGitLab(),
        CodeHostKind.AzureDevOps => new FakeAzureDevOps(),
        CodeHostKind.Gitea => new FakeGitea(),
        _ => new FakeBitbucket(),
    });

    public static TheoryData<CodeHostKind> All => [.. Enum.GetValues<CodeHostKind>()];

    public CodeHostKind Kind { get; }

    public FakeCodeHost Host { get; }

    public IEnumerable<FakeComment> Ours => Host.Comments.Where(comment => ReportMarker.In(comment.Body) != null);

    public IReadOnlyList<JsonElement> Statuses => Host switch
    {
        FakeGitHub gitHub => gitHub.CheckRuns,
        FakeGitLab gitLab => gitLab.Statuses,
        FakeAzureDevOps azure => azure.Statuses,
        FakeGitea gitea => gitea.Statuses,
        FakeBitbucket bitbucket => bitbucket.Statuses,
        _ => [],
    };

    /// <summary>How the host knows somebody of this name.</summary>
    public string PersonOf(string name) => name.Length == 0 ? "" : Kind switch
    {
        CodeHostKind.AzureDevOps => FakeAzureDevOps.PersonOf(name),
        CodeHostKind.Bitbucket => FakeBitbucket.PersonOf(name),
        _ => name,
    };

    public CodeHostContext Context(long run = 10, long attempt = 1) => new()
    {
        Kind = Kind, Api = Host.Address, Project = Host switch
        {
            FakeGitHub gitHub => gitHub.Repository,
            FakeGitLab gitLab => gitLab.ProjectPath,
            FakeAzureDevOps azure => $"{azure.Project}/{azure.Repository}",
            FakeGitea gitea => gitea.Repository,
            _ => "acme/shop",
        },
        Request = 7, Commit = Commit, Run = run, Attempt = attempt,
        RunAddress = new("https://example.org/run/1"), Reference = "better-model",
        Token = Host.Token, User = (Host as FakeBitbucket)?.User ?? (Host is FakeAzureDevOps { IsPersonal: true } ? "" : null),
    };

    public ICodeHost Open() => CodeHosts.Open(Context(), new ManualTime())!;

    public ICommitReviews OpenReviews() => CodeHosts.OpenReviews(Context(), new ManualTime())!;

    public Task<CommentOutcome> CommentAsync(
        string text = PublishingRun.Report, long run = 10, long attempt = 1, string pipeline = "Demand", bool remembers = true)
    {
        var context = Context(run, attempt);
        var host = CodeHosts.Open(context, new ManualTime())!;
        var body = CommentBody.Fit(text, content => ReportMarker.Of(context, pipeline, content), host.Form, context.RunAddress);
        return new CommentPublisher(
            host, new(remembers ? _folder.Path : Path.Combine(_folder.Path, Guid.NewGuid().ToString("N")), context, pipeline))
            .PublishAsync(body, CancellationToken.None);
    }

    public Task<IReadOnlyList<PublishOutcome>> PublishAsync(
        Verdict verdict = Verdict.Passed, DeploymentState? deployment = null, Func<CodeHostContext, CodeHostContext>? change = null)
    {
        var context = (change ?? (same => same))(Context());
        return new ReportPublisher(CodeHosts.Open(context, new ManualTime()), context, new(_folder.Path, context, "Demand"), null)
            .PublishAsync(
                new("Demand", verdict, "All gates pass.", PublishingRun.Report) { Deployment = deployment }, CancellationToken.None);
    }

    public void Dispose()
    {
        Host.Dispose();
        _folder.Dispose();
    }
}
