namespace MlOpsBuild.Scoring.Foreign;

/// <summary>What an assembly that is loaded for a kind of model offers.</summary>
public interface IScoringLibrary
{
    /// <summary>Opens a model of its kind.</summary>
    /// <exception cref="MlOpsBuild.Core.StageFailedException">It cannot be read, or does not predict what it should from
    /// the fields it has.</exception>
    IRowScorer Open(ForeignModel model);
}
