using MlOpsBuild.Scoring.Rows;

namespace MlOpsBuild.Scoring.Foreign;

/// <summary>Scores rows by a library or a process that is not ours. May be asked by several threads at once.</summary>
public interface IRowScorer : IDisposable
{
    /// <summary>The prediction for a row: a number, the probability of the positive class, or one probability for each class.</summary>
    /// <exception cref="MlOpsBuild.Core.StageFailedException">What answers is none of these.</exception>
    Prediction Score(InputRow row);
}
