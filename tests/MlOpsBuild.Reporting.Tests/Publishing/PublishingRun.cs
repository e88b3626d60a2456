using MlOpsBuild.Core;
using MlOpsBuild.TestKit;
using MlOpsBuild.TestKit.CodeHosts;

namespace MlOpsBuild.Reporting.Publishing.Tests;

/// <summary>One run of a build on a fake host: what it publishes, and where it keeps what it remembers.</summary>
internal sealed class PublishingRun : IDisposable
{
    public const string Report = "## ✅ Demand: Passed\n\nAll gates pass.\n";
    private readonly TemporaryFolder _folder = new();

    public FakeGitHub GitHub { get; } = new();

    public ManualTime Time { get; } = new();

    public string SummaryFile => _folder["summary.md"];

    public CodeHostContext Context(long run = 10, long attempt = 1) => new()
    {
        Kind = CodeHostKind.GitHub, Api = GitHub.Address, Project = GitHub.Repository, Request = 7,
        Commit = "0123456789abcdef0123456789abcdef01234567",
        Run = run, Attempt = attempt, RunAddress = new("https://example.org/run/1"), Token = GitHub.Token,
    };

    public Task<CommentOutcome> CommentAsync(
        string text = Report, long run = 10, long attempt = 1, string pipeline = "Demand", bool remembers = true)
    {
        var context = Context(run, attempt);
        var host = CodeHosts.Open(context, Time)!;
        var body = CommentBody.Fit(text, content => ReportMarker.Of(context, pipeline, content), host.Form, context.RunAddress);
        return new CommentPublisher(
            host, new(remembers ? _folder.Path : Path.Combine(_folder.Path, Guid.NewGuid().ToString("N")), context, pipeline))
            .PublishAsync(body, CancellationToken.None);
    }

    public Task<IReadOnlyList<PublishOutcome>> PublishAsync(
        Verdict verdict = Verdict.Passed, CodeHostContext? context = null, Func<Publication, Publication>? change = null)
    {
        context ??= Context();
        return new ReportPublisher(CodeHosts.Open(context, Time), context, new(_folder.Path, context, "Demand"), SummaryFile)
            .PublishAsync(
                (change ?? (publication => publication))(new("Demand", verdict, "All gates pass.", Report)), CancellationToken.None);
    }

    public void Dispose()
    {
        GitHub.Dispose();
        _folder.Dispose();
    }
}
