using Microsoft.ML.OnnxRuntime;
using MlOpsBuild.Scoring.Rows;

namespace MlOpsBuild.Onnx;

/// <summary>Fills one input of an ONNX file.</summary>
/// <param name="Name">The input.</param>
/// <param name="Make">Its value for a row.</param>
internal sealed record OnnxFeed(string Name, OnnxFeed.Maker Make)
{
    public delegate OrtValue Maker(InputRow row);
}
