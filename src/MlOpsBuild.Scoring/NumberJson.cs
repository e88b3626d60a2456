using System.Text.Json;
using System.Text.Json.Serialization;

namespace MlOpsBuild.Scoring;

/// <summary>Numbers and arrays of them as JSON in one line, infinities and what is no number as texts.</summary>
[JsonSourceGenerationOptions(
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals, GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(double))]
[JsonSerializable(typeof(double[]))]
[JsonSerializable(typeof(float[]))]
[JsonSerializable(typeof(int[]))]
internal sealed partial class NumberJson : JsonSerializerContext;
