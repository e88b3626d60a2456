using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Threading.Channels;
using MlOpsBuild.Core;

namespace MlOpsBuild.Scoring.Foreign;

/// <summary>A program that answers each line with a line of the same id. It ends when its input does.</summary>
internal sealed class CommandProcess : IDisposable
{
    private const int MostTold = 2_000;
    private readonly Process _process;
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private readonly CancellationTokenSource _ended = new();
    private readonly TimeSpan _first;
    private readonly TimeSpan _others;
    private string _told = "";
    private bool _answered;

    private CommandProcess(Process process, CommandModel model)
    {
        (_process, _first, _others) = (process, model.StartsWithin, model.AnswersWithin);
        process.ErrorDataReceived += (_, line) => Tell(line.Data);
        process.BeginErrorReadLine();
        _ = ReadAsync(_ended.Token);
    }

    /// <summary>What it said beside its answers, the end of it.</summary>
    public string Told => _told.Trim();

    /// <summary>Starts the model's program.</summary>
    /// <exception cref="StageFailedException">It cannot be started.</exception>
    public static CommandProcess Start(CommandModel model, ProgramFolder folder) =>
        new(folder.Start(model.Command, "The model's program"), model);

    /// <summary>
    /// The answer to <paramref name="line"/>: the next line that is a JSON object of its id; other lines are
    /// remarks. Null when it has ended.
    /// </summary>
    /// <param name="id">The id in the line.</param>
    /// <param name="line">The line.</param>
    /// <exception cref="TimeoutException">It does not take the line, or does not answer, in time.</exception>
    public JsonElement? Ask(long id, string line)
    {
        var (limit, started) = (_answered ? _others : _first, Stopwatch.GetTimestamp());
        try
        {
            if (!_process.StandardInput.WriteLineAsync(line).Wait(limit) || !_process.StandardInput.FlushAsync().Wait(Left()))
            {
                throw new TimeoutException(string.Create(CultureInfo.InvariantCulture, $"it takes no line within {limit.TotalSeconds} s"));
            }
        }
        catch (Exception problem) when (problem is IOException or AggregateException { InnerException: IOException })
        {
            return null;
        }

        while (true)
        {
            var waiting = _lines.Reader.WaitToReadAsync().AsTask();
            if (!waiting.Wait(Left()))
            {
                throw new TimeoutException(string.Create(CultureInfo.InvariantCulture, $"no answer within {limit.TotalSeconds} s"));
            }

            if (!waiting.Result || !_lines.Reader.TryRead(out var said))
            {
                return null;
            }

            if (AnswerIn(said, id) is { } answer)
            {
                _answered = true;
                return answer;
            }

            Tell(said);
        }

        TimeSpan Left() => limit - Stopwatch.GetElapsedTime(started) is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    /// <summary>Ends it: by the end of its input, or after a second by force.</summary>
    public void Dispose()
    {
        try
        {
            _process.StandardInput.Dispose();
        }
        catch (Exception problem) when (problem is IOException or InvalidOperationException)
        {
            // It has ended already, with a line unread, or is being written to.
        }

        if (!_process.WaitForExit(1000))
        {
            _process.Kill(entireProcessTree: true);
        }

        _ended.Cancel();
        _process.Dispose();
        _ended.Dispose();
    }

    private static JsonElement? AnswerIn(string line, long id)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("id", out var given)
                && given.ValueKind == JsonValueKind.Number && given.TryGetInt64(out var number) && number == id
                ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private void Tell(string? line) => _told = (_told + line + "\n") is var all && all.Length > MostTold ? all[^MostTold..] : all;

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (await _process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
            {
                _lines.Writer.TryWrite(line);
            }
        }
        catch (Exception problem)
            when (problem is IOException or ObjectDisposedException or InvalidOperationException or OperationCanceledException)
        {
            // It was ended while it wrote.
        }

        _lines.Writer.Complete();
    }
}
