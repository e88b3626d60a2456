using System.Buffers;
using System.Diagnostics;
using System.IO.Pipelines;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace MlOpsBuild.TestKit.Git;

/// <summary>Runs the real <c>git http-backend</c>, one process per request, and passes what goes in and what comes out.</summary>
internal sealed class GitHttpBackend(GitClient git, string program)
{
    /// <summary>The one that belongs to the git on the path.</summary>
    public static async Task<GitHttpBackend> FindAsync(GitClient git, string folder, CancellationToken cancellationToken)
    {
        var programs = await git.RunAsync(folder, ["--exec-path"], cancellationToken);
        return new(git, Path.Combine(programs, OperatingSystem.IsWindows() ? "git-http-backend.exe" : "git-http-backend"));
    }

    /// <summary>
    /// Answers a request for the file or service <paramref name="path"/>, which begins with a repository's folder;
    /// <paramref name="answering"/> is told the status as soon as there is one.
    /// </summary>
    public async Task ServeAsync(HttpContext context, string path, string user, Action<int> answering, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        git.ApplyTo(start.Environment);
        foreach (var (name, value) in Variables(context.Request, path, user).Where(variable => variable.Value is { Length: > 0 }))
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        using var killing = cancellationToken.Register(() => process.Kill(entireProcessTree: true));
        using var answered = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        var feeding = FeedAsync(context.Request.Body, process.StandardInput.BaseStream, answered.Token);
        try
        {
            await AnswerAsync(process.StandardOutput.BaseStream, context.Response, errors, answering, cancellationToken);
        }
        finally
        {
            // A process that ended early does not want the rest, and one nobody listens to has nothing left to say.
            await answered.CancelAsync();
            process.StandardOutput.Close();
            await Task.WhenAll(feeding, errors, process.WaitForExitAsync(CancellationToken.None));
        }

        // The answer of a process that was killed is no answer, though it may look like one.
        cancellationToken.ThrowIfCancellationRequested();
    }

    private static IEnumerable<(string Name, string? Value)> Variables(HttpRequest request, string path, string user) =>
    [
        ("GATEWAY_INTERFACE", "CGI/1.1"), ("GIT_HTTP_EXPORT_ALL", "1"), ("PATH_TRANSLATED", path), ("REMOTE_USER", user),
        ("REMOTE_ADDR", "127.0.0.1"),
        ("SERVER_PROTOCOL", request.Protocol), ("REQUEST_METHOD", request.Method),
        ("QUERY_STRING", request.QueryString.Value?.TrimStart('?')),
        ("CONTENT_TYPE", request.ContentType), ("CONTENT_LENGTH", $"{request.ContentLength}"),
        ("HTTP_CONTENT_ENCODING", request.Headers.ContentEncoding), ("GIT_PROTOCOL", request.Headers["Git-Protocol"]),
    ];

    private static async Task FeedAsync(Stream body, Stream standardInput, CancellationToken cancellationToken)
    {
        try
        {
            await using (standardInput)
            {
                await body.CopyToAsync(standardInput, cancellationToken);
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            // The process ended without reading it all, or the client went away.
        }
    }

    private static async Task AnswerAsync(
        Stream standardOutput, HttpResponse response, Task<string> errors, Action<int> answering, CancellationToken cancellationToken)
    {
        var reader = PipeReader.Create(standardOutput);
        while (true)
        {
            var read = await reader.ReadAsync(cancellationToken);
            if (TakeHeaders(read.Buffer, response.Headers) is { } body)
            {
                reader.AdvanceTo(body);
                break;
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            if (read.IsCompleted)
            {
                response.StatusCode = StatusCodes.Status500InternalServerError;
                answering(response.StatusCode);
                await response.WriteAsync(await errors, cancellationToken);
                return;
            }
        }

        if (response.Headers.Remove("Status", out var status))
        {
            response.StatusCode = int.Parse($"{status}"[..3]);
        }

        answering(response.StatusCode);
        await reader.CopyToAsync(response.BodyWriter, cancellationToken);
    }

    // Where the body begins, or null while there is no empty line yet.
    private static SequencePosition? TakeHeaders(ReadOnlySequence<byte> output, IHeaderDictionary headers)
    {
        var reader = new SequenceReader<byte>(output);
        if (!reader.TryReadTo(out ReadOnlySequence<byte> lines, "\r\n\r\n"u8))
        {
            return null;
        }

        foreach (var line in Encoding.Latin1.GetString(lines).Split("\r\n"))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            headers[line[..colon]] = line[(colon + 1)..].Trim();
        }

        return reader.Position;
    }
}
