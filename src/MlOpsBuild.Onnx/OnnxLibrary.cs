using MlOpsBuild.Scoring.Foreign;

namespace MlOpsBuild.Onnx;

/// <summary>Opens ONNX files by ONNX Runtime.</summary>
public sealed class OnnxLibrary : IScoringLibrary
{
    /// <inheritdoc />
    public IRowScorer Open(ForeignModel model) => new OnnxScorer((OnnxModel)model);
}
