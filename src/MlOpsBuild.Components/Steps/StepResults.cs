using MlOpsBuild.Core;

namespace MlOpsBuild.Components.Steps;

/// <summary>What the steps of one run have made so far, each kept once, under its type.</summary>
internal sealed class StepResults
{
    private readonly Dictionary<Type, object> _kept = [];

    /// <summary>Keeps what a step made.</summary>
    /// <exception cref="InvalidOperationException">The step has made one in this run already.</exception>
    public TResult Keep<TResult>(TResult result) where TResult : class, IStepResult =>
        _kept.TryAdd(typeof(TResult), result)
            ? result
            : throw new InvalidOperationException($"{TResult.Target} has run in this run of the pipeline already.");

    /// <summary>What a step made, or null where it has not run.</summary>
    public TResult? Find<TResult>() where TResult : class, IStepResult => _kept.GetValueOrDefault(typeof(TResult)) as TResult;

    /// <summary>What a step made.</summary>
    /// <exception cref="UsageException">The step was left out.</exception>
    public TResult Take<TResult>() where TResult : class, IStepResult => Find<TResult>() ?? throw new UsageException(new Finding(
        "MLB7070", "A result that is needed was not made", TResult.Target, "left out", $"{TResult.Target} among the targets that run",
        "leave out --skip; what has not changed is restored in no time"));
}
