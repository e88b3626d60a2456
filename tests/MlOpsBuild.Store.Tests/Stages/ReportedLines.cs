using System.Collections.Concurrent;

namespace MlOpsBuild.Store.Stages.Tests;

/// <summary>Progress as it is reported, in order.</summary>
internal sealed class ReportedLines : IProgress<string>
{
    public ConcurrentQueue<string> Lines { get; } = [];

    public void Report(string value) => Lines.Enqueue(value);
}
