using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace MlOpsBuild.Benchmarks.Gateway;

/// <summary>Sends requests at a fixed rate, whether or not those before were answered, and remembers when which version answered.</summary>
internal sealed class OpenLoop : IDisposable
{
    private const int RequestsPerSecond = 1_000;
    private readonly HttpClient _http = new();
    private readonly CancellationTokenSource _ending = new();
    private readonly ConcurrentQueue<(DateTimeOffset At, int Version)> _answers = new();
    private readonly ConcurrentQueue<Task> _sent = new();
    private readonly Uri _address;
    private readonly Task _loop;

    public OpenLoop(int port)
    {
        _address = new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/predict"));
        _loop = Task.Run(SendAsync);
    }

    /// <summary>
    /// Seconds from <paramref name="decided"/> until the last answer of <paramref name="version"/>; fails when a request was not answered.
    /// </summary>
    public async Task<double> LastOfAsync(int version, DateTimeOffset decided)
    {
        await _ending.CancelAsync();
        await _loop;
        await Task.WhenAll(_sent);
        var last = _answers.Where(answer => answer.Version == version).Select(answer => answer.At).DefaultIfEmpty(decided).Max();
        return Math.Max(0, (last - decided).TotalSeconds);
    }

    public void Dispose()
    {
        _http.Dispose();
        _ending.Dispose();
    }

    private async Task SendAsync()
    {
        var started = Stopwatch.GetTimestamp();
        for (var due = 0; !_ending.IsCancellationRequested;)
        {
            for (; due < Stopwatch.GetElapsedTime(started).TotalSeconds * RequestsPerSecond; due++)
            {
                _sent.Enqueue(AskAsync());
            }

            await Task.Delay(1);
        }
    }

    private async Task AskAsync()
    {
        using var answer = await _http.PostAsync(_address, new StringContent(ServedProject.Row, Encoding.UTF8, "application/json"));
        answer.EnsureSuccessStatusCode();
        await answer.Content.ReadAsByteArrayAsync();
        _answers.Enqueue(
            (DateTimeOffset.UtcNow, int.Parse(answer.Headers.GetValues("X-Model-Version").Single(), CultureInfo.InvariantCulture)));
    }
}
