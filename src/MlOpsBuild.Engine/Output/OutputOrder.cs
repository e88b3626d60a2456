using MlOpsBuild.Engine.Execution;

namespace MlOpsBuild.Engine.Output;

/// <summary>
/// Whose turn it is to print when targets run side by side: the first of the plan that has not ended. So what a build prints reads
/// the same however many run at once, and the one in front prints as it goes.
/// </summary>
internal sealed class OutputOrder(IReadOnlyList<ExecutableTarget> plan)
{
    private readonly Dictionary<ExecutableTarget, TargetOutput> _outputs = [];
    private int _front;

    /// <summary>Targets that have begun and not ended, in the plan's order.</summary>
    public IEnumerable<TargetOutput> Running => _outputs.Values.Where(output => output.Target.Status == ExecutionStatus.Running);

    public TargetOutput Open(ExecutableTarget target, long started) => _outputs[target] = new(target, started);

    /// <summary>Moves the turn on; gives what may be printed now.</summary>
    public IEnumerable<string> Advance()
    {
        while (_front < plan.Count)
        {
            var target = plan[_front];
            if (_outputs.TryGetValue(target, out var output))
            {
                output.IsDirect = true;
                yield return output.TakeHeld();
            }

            if (output is { IsClosed: false } || (output == null && target.Status is ExecutionStatus.Scheduled or ExecutionStatus.Running))
            {
                yield break;
            }

            _outputs.Remove(target);
            _front++;
        }
    }
}
