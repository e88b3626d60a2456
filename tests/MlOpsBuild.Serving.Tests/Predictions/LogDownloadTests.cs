using System.Text;
using Microsoft.AspNetCore.Http;
using MlOpsBuild.Scoring.Protocol;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Serving.Predictions.Tests;

public sealed class LogDownloadTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_file_is_given_once_the_oldest_first()
    {
        foreach (var number in (int[])[2, 10, 1])
        {
            await File.WriteAllTextAsync(_folder[$"predictions-{number:D8}.jsonl"], $"{number}\n");
        }

        await File.WriteAllTextAsync(_folder["units-20260101.jsonl"], "unit\n");
        await File.WriteAllTextAsync(_folder["units.key"], "not for others");
        var (given, after) = (new List<string>(), "");
        while (await AskAsync(after) is var (file, content))
        {
            (after, given) = (file, [.. given, content]);
        }

        given.ShouldBe(["1\n", "2\n", "10\n", "unit\n"]);
    }

    /// <summary>The name is compared and never opened.</summary>
    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("/etc/passwd")]
    public async Task A_name_leads_nowhere_else(string after)
    {
        await File.WriteAllTextAsync(_folder["predictions-00000001.jsonl"], "one\n");

        (await AskAsync(after))?.Content.ShouldBe("one\n");
    }

    [Fact]
    public async Task Where_nothing_is_kept_there_is_nothing()
    {
        (await AskAsync("")).ShouldBeNull();
        (await AskAsync("", null)).ShouldBeNull();
    }

    private Task<(string File, string Content)?> AskAsync(string after) => AskAsync(after, new PredictionLogPlace(_folder.Path));

    private static async Task<(string File, string Content)?> AskAsync(string after, PredictionLogPlace? place)
    {
        var context = new DefaultHttpContext();
        using var answer = new MemoryStream();
        context.Response.Body = answer;
        context.Request.QueryString = QueryString.Create(ServerHeaders.After, after);
        await LogDownload.AnswerAsync(context, place);
        await context.Response.CompleteAsync();
        return context.Response.StatusCode == StatusCodes.Status204NoContent
            ? null
            : (context.Response.Headers[ServerHeaders.File].ToString(), Encoding.UTF8.GetString(answer.ToArray()));
    }
}
