using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Serving.Hosting.Tests;

public sealed class UnforeseenFailureTests : IDisposable
{
    private readonly MemoryStream _written = new();
    private readonly MemoryStream _answer = new();
    private readonly DefaultHttpContext _context = new();

    public UnforeseenFailureTests()
    {
        (_context.Request.Method, _context.Request.Path) = ("POST", "/predict");
        _context.Response.Body = _answer;
    }

    [Fact]
    public async Task Callers_are_told_that_it_failed_and_the_log_why()
    {
        await GuardAsync(_ => throw new InvalidOperationException("secret of the machine"));

        _context.Response.StatusCode.ShouldBe(500);
        JsonDocument.Parse(_answer.ToArray()).RootElement.GetProperty("error").GetString().ShouldBe("The server failed; its log says why");
        Log.ShouldContain("POST /predict failed: System.InvalidOperationException: secret of the machine");
        Log.ShouldContain(nameof(UnforeseenFailureTests), Case.Sensitive, "the place in the code");
    }

    [Fact]
    public async Task What_is_no_request_is_the_hosts_affair()
    {
        await Should.ThrowAsync<BadHttpRequestException>(() => GuardAsync(_ => throw new BadHttpRequestException("too large", 413)));

        Log.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_caller_who_went_away_is_no_failure_of_the_server()
    {
        _context.RequestAborted = new(canceled: true);

        await Should.ThrowAsync<OperationCanceledException>(() => GuardAsync(context => Task.FromCanceled(context.RequestAborted)));

        Log.ShouldBeEmpty();
    }

    public void Dispose()
    {
        _written.Dispose();
        _answer.Dispose();
    }

    private string Log => Encoding.UTF8.GetString(_written.ToArray());

    private Task GuardAsync(RequestDelegate answer) =>
        UnforeseenFailure.Guarded(ServerLog.To(_written, new ManualTime()), answer)(_context);
}
