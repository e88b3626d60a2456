using System.Collections.Concurrent;
using System.Diagnostics;

namespace MlOpsBuild.Engine.Tooling;

/// <summary>A process of the system.</summary>
internal sealed class StartedProcess : IProcess
{
    private readonly ConcurrentQueue<Output> _output = new();
    private readonly Process _process;
    private readonly Action<OutputType, string>? _logger;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _time;
    private readonly CancellationToken _stopping;

    public StartedProcess(
        ProcessStartInfo start, TimeSpan timeout, Action<OutputType, string>? logger, TimeProvider time, CancellationToken stopping)
    {
        (_timeout, _logger, _time, _stopping) = (timeout, logger, time, stopping);
        _process = new() { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Take(OutputType.Std, line.Data);
        _process.ErrorDataReceived += (_, line) => Take(OutputType.Err, line.Data);
        _process.Start();
        _process.StandardInput.Close();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public string FileName => _process.StartInfo.FileName;

    public string Arguments => _process.StartInfo.Arguments;

    public string WorkingDirectory => _process.StartInfo.WorkingDirectory;

    public IReadOnlyCollection<Output> Output => _output;

    public int ExitCode => _process.ExitCode;

    public bool HasExited => _process.HasExited;

    public int Id => _process.Id;

    public void Kill() => _process.Kill(entireProcessTree: true);

    public bool WaitForExit()
    {
        using var patience = new CancellationTokenSource(_timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, _stopping);
        try
        {
            _process.WaitForExitAsync(either.Token).GetAwaiter().GetResult();
            return true;
        }
        catch (OperationCanceledException)
        {
            Kill();
            _stopping.ThrowIfCancellationRequested();
            return false;
        }
    }

    public void Dispose() => _process.Dispose();

    private void Take(OutputType type, string? line)
    {
        if (line != null)
        {
            _output.Enqueue(new(type, line));
            _logger?.Invoke(type, line);
        }
    }
}
