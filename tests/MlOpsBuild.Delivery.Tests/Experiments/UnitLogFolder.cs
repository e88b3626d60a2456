using System.Text;
using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Experiments;
using MlOpsBuild.Scoring.Protocol;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Delivery.Experiments.Tests;

/// <summary>A gateway's log of units, line by line; hours are counted from one moment on.</summary>
internal sealed class UnitLogFolder : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly StringBuilder _lines = new();

    public static DateTimeOffset Start { get; } = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    public static DateTimeOffset At(double hours) => Start.AddHours(hours);

    public UnitLogFolder Came(double hours, string unit, string? test = null, ExperimentArm? arm = null) =>
        Add(new(At(hours), unit) { Experiment = test, Arm = arm });

    public UnitLogFolder Did(double hours, string unit, string metric, double value, string? id = null) =>
        Add(new(At(hours), unit) { Metric = metric, Value = value, Event = id });

    public UnitLogFolder Torn(string text)
    {
        _lines.Append(text).Append('\n');
        return this;
    }

    public async Task<UnitHistory> ReadAsync(ExperimentPolicy policy, double from = double.MinValue)
    {
        await File.WriteAllTextAsync(_folder["units-20261101-000001.jsonl"], _lines.ToString());
        return await UnitHistory.ReadAsync(
            _folder.Path, policy, from == double.MinValue ? DateTimeOffset.MinValue : At(from), CancellationToken.None);
    }

    public void Dispose() => _folder.Dispose();

    private UnitLogFolder Add(UnitEntry entry)
    {
        _lines.Append(Encoding.UTF8.GetString(CanonicalJson.Serialize(entry)).ReplaceLineEndings("")).Append('\n');
        return this;
    }
}
