using Microsoft.ML.OnnxRuntime;
using MlOpsBuild.Core;

namespace MlOpsBuild.Onnx;

/// <summary>Opens ONNX files; on one thread, so that a server's cores are its callers'.</summary>
public static class OnnxFile
{
    /// <summary>The session of a file.</summary>
    /// <exception cref="StageFailedException">It is no ONNX file, or has operators that ONNX Runtime does not know.</exception>
    public static InferenceSession Open(byte[] file)
    {
        using var options = new SessionOptions
        {
            IntraOpNumThreads = 1, InterOpNumThreads = 1, ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL
        };
        try
        {
            return new(file, options);
        }
        catch (OnnxRuntimeException problem) when (IsOperator(problem.Message))
        {
            throw new StageFailedException(new Finding(
                "MLB2303", "The ONNX file has an operator that ONNX Runtime does not know", "ONNX file", Said(problem),
                "operators of ai.onnx and ai.onnx.ml", "export the model with standard operators, or with a lower opset"));
        }
        catch (OnnxRuntimeException problem)
        {
            throw new StageFailedException(new Finding(
                "MLB2304", "The ONNX file cannot be opened", "ONNX file", Said(problem), "a whole ONNX model", "export it again"));
        }
    }

    private static bool IsOperator(string message) => message.Contains("not a registered function/op", StringComparison.Ordinal)
        || message.Contains("No opset import for domain", StringComparison.Ordinal)
        || message.Contains("NOT_IMPLEMENTED", StringComparison.Ordinal)
        || message.Contains("is not implemented", StringComparison.OrdinalIgnoreCase)
        || message.Contains("No Op registered", StringComparison.Ordinal)
        || message.Contains("is under development", StringComparison.Ordinal);

    private static string Said(OnnxRuntimeException problem) => problem.Message.ReplaceLineEndings(" ");
}
