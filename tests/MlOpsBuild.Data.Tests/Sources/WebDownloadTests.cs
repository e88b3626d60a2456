using System.Net;
using MlOpsBuild.Core;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Data.Sources.Tests;

public sealed class WebDownloadTests : IDisposable
{
    private const string Content = "A,Value\n1,2\n";
    private readonly TemporaryFolder _folder = new();
    private readonly HttpListener _server;
    private int _asked;

    public WebDownloadTests()
    {
        for (var port = 20_000 + (Environment.ProcessId % 20_000); ; port++)
        {
            // One that did not start can be started no more.
            _server = new();
            _server.Prefixes.Add($"http://127.0.0.1:{port}/");
            try
            {
                _server.Start();
                break;
            }
            catch (HttpListenerException)
            {
                // Somebody has the port.
            }
        }

        _ = AnswerAsync();
    }

    [Fact]
    public async Task A_file_is_loaded_once()
    {
        var first = await LoadAsync(Digest.Of(Content).Hex);
        var again = await LoadAsync(Digest.Of(Content).Hex.ToUpperInvariant());

        (again, _asked).ShouldBe((first, 1));
        (first.Digest, Path.GetFileName(first.Path)).ShouldBe((Digest.Of(Content), "rows.csv"));
        (await File.ReadAllTextAsync(first.Path)).ShouldBe(Content);
    }

    [Fact]
    public async Task Another_content_is_refused_and_not_kept()
    {
        var refused = await Should.ThrowAsync<StageFailedException>(LoadAsync(Digest.Of("other").Hex));

        (refused.Findings[0].What, refused.Findings[0].Value)
            .ShouldBe(("The file of the web has another content", $"SHA-256 {Digest.Of(Content).Hex}"));
        Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_kept_file_that_was_changed_is_loaded_anew()
    {
        var first = await LoadAsync(Digest.Of(Content).Hex);
        await File.WriteAllTextAsync(first.Path, "other");

        await LoadAsync(Digest.Of(Content).Hex);

        (await File.ReadAllTextAsync(first.Path)).ShouldBe(Content);
    }

    [Fact]
    public async Task What_cannot_be_loaded_says_what_else_to_do()
    {
        var absent = await Should.ThrowAsync<StageFailedException>(LoadAsync(Digest.Of(Content).Hex, "absent.csv"));

        absent.Findings[0].What.ShouldBe("The file of the web could not be loaded");
        absent.Findings[0].Fix!.ShouldContain("--data FILE");
        Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("ftp://127.0.0.1/rows.csv", "0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("http://127.0.0.1/rows.csv", "abc")]
    public async Task No_file_of_the_web_is_wrong_usage(string address, string sha256) =>
        await Should.ThrowAsync<UsageException>(
            WebDownload.LoadAsync(new(new(address), sha256), new(), _folder.Path, new Progress<string>(), CancellationToken.None));

    public void Dispose()
    {
        _server.Close();
        _folder.Dispose();
    }

    private Task<Artifact> LoadAsync(string sha256, string name = "rows.csv") =>
        WebDownload.LoadAsync(
            new(new(_server.Prefixes.First() + name), sha256), new(), _folder.Path, new Progress<string>(), CancellationToken.None);

    private async Task AnswerAsync()
    {
        while (_server.IsListening)
        {
            try
            {
                var request = await _server.GetContextAsync();
                _asked++;
                request.Response.StatusCode = request.Request.Url!.AbsolutePath == "/rows.csv" ? 200 : 404;
                if (request.Response.StatusCode == 200)
                {
                    await request.Response.OutputStream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(Content));
                }

                request.Response.Close();
            }
            catch (Exception problem) when (problem is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }
}
