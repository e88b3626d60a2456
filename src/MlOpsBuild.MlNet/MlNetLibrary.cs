using MlOpsBuild.Scoring.Foreign;

namespace MlOpsBuild.MlNet;

/// <summary>Opens chains of ML.NET.</summary>
public sealed class MlNetLibrary : IScoringLibrary
{
    /// <inheritdoc />
    public IRowScorer Open(ForeignModel model) => new MlNetScorer((MlNetModel)model);
}
