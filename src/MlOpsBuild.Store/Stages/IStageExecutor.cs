namespace MlOpsBuild.Store.Stages;

/// <summary>Runs stages elsewhere than in this process.</summary>
public interface IStageExecutor
{
    /// <summary>
    /// What a stage gave elsewhere, all of it in the store by then; null where this stage is to run here. Whatever it is given, it gives
    /// what the stage would have given here.
    /// </summary>
    /// <param name="task">The stage.</param>
    /// <param name="progress">Told how it goes on.</param>
    /// <param name="cancellationToken">Ends it there, too.</param>
    /// <exception cref="Core.StageFailedException">The stage failed, or could not be run there.</exception>
    Task<StageOutputs?> RunAsync(StageTask task, IProgress<string> progress, CancellationToken cancellationToken);
}
