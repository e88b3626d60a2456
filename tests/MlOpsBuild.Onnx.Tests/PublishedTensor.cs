using System.Globalization;
using System.Runtime.InteropServices;
using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace MlOpsBuild.Onnx.Tests;

/// <summary>A tensor as the published cases keep it (TensorProto).</summary>
internal sealed class PublishedTensor
{
    private readonly List<long> _shape = [];
    private readonly List<byte> _content = [];
    private readonly List<string> _texts = [];

    // Read by ONNX Runtime where it lies.
    private byte[] _pinned = [];

    /// <summary>Element type; null where the file holds no tensor that is understood here.</summary>
    public TensorElementType? Type { get; private set; }

    public string Name { get; private set; } = "";

    /// <summary>Reads a file.</summary>
    public static PublishedTensor Read(string path)
    {
        var (tensor, type) = (new PublishedTensor(), 0);
        using var input = new CodedInputStream(File.ReadAllBytes(path));
        while (input.ReadTag() is var tag && tag != 0)
        {
            switch (tag >> 3)
            {
                case 1 when (tag & 7) == 0:
                    tensor._shape.Add(input.ReadInt64());
                    break;
                case 1:
                    Packed(input, each => tensor._shape.Add(each.ReadInt64()));
                    break;
                case 2:
                    type = input.ReadInt32();
                    break;
                case 4 when (tag & 7) == 2:
                    Packed(input, each => tensor.Add(each.ReadFloat()));
                    break;
                case 5 when (tag & 7) == 2:
                    Packed(input, each => tensor.Add(each.ReadInt32(), type));
                    break;
                case 6:
                    tensor._texts.Add(input.ReadString());
                    break;
                case 7 when (tag & 7) == 2:
                    Packed(input, each => tensor.Add(each.ReadInt64()));
                    break;
                case 8:
                    tensor.Name = input.ReadString();
                    break;
                case 9:
                    tensor._content.AddRange(input.ReadBytes().ToByteArray());
                    break;
                case 10 when (tag & 7) == 2:
                    Packed(input, each => tensor.Add(each.ReadDouble()));
                    break;
                default:
                    input.SkipLastField();
                    break;
            }
        }

        tensor.Type = type switch
        {
            1 => TensorElementType.Float,
            2 => TensorElementType.UInt8,
            3 => TensorElementType.Int8,
            6 => TensorElementType.Int32,
            7 => TensorElementType.Int64,
            8 => TensorElementType.String,
            9 => TensorElementType.Bool,
            11 => TensorElementType.Double,
            _ => null,
        };
        return tensor;
    }

    /// <summary>The tensor for ONNX Runtime; null where its kind is not understood here.</summary>
    public OrtValue? ToValue()
    {
        long[] shape = [.. _shape];
        if (Type == TensorElementType.String)
        {
            var texts = OrtValue.CreateTensorWithEmptyStrings(OrtAllocator.DefaultInstance, shape);
            for (var position = 0; position < _texts.Count; position++)
            {
                texts.StringTensorSetElementAt(_texts[position].AsSpan(), position);
            }

            return texts;
        }

        return Type is { } type && _content.Count > 0
            ? OrtValue.CreateTensorValueWithData(OrtMemoryInfo.DefaultInstance, type, shape, Pinned(), _content.Count)
            : null;
    }

    /// <summary>Its elements as numbers, or as texts.</summary>
    public IReadOnlyList<object> Elements =>
        Type == TensorElementType.String ? [.. _texts] : Numbers(Type!.Value, CollectionsMarshal.AsSpan(_content));

    /// <summary>The elements of what ONNX Runtime answered.</summary>
    public static IReadOnlyList<object> ElementsOf(OrtValue value)
    {
        var type = value.GetTensorTypeAndShape().ElementDataType;
        return type == TensorElementType.String ? [.. value.GetStringTensorAsArray()] : Numbers(type, value.GetTensorMutableRawData());
    }

    private static IReadOnlyList<object> Numbers(TensorElementType type, ReadOnlySpan<byte> content) => type switch
    {
        TensorElementType.Float => [.. MemoryMarshal.Cast<byte, float>(content).ToArray().Select(value => (object)(double)value)],
        TensorElementType.Double => [.. MemoryMarshal.Cast<byte, double>(content).ToArray().Select(value => (object)value)],
        TensorElementType.Int64 => [.. MemoryMarshal.Cast<byte, long>(content).ToArray().Select(value => (object)(double)value)],
        TensorElementType.Int32 => [.. MemoryMarshal.Cast<byte, int>(content).ToArray().Select(value => (object)(double)value)],
        TensorElementType.Int8 => [.. MemoryMarshal.Cast<byte, sbyte>(content).ToArray().Select(value => (object)(double)value)],
        TensorElementType.UInt8 or TensorElementType.Bool => [.. content.ToArray().Select(value => (object)(double)value)],
        _ => throw new NotSupportedException(string.Create(CultureInfo.InvariantCulture, $"{type}")),
    };

    private static void Packed(CodedInputStream input, Action<CodedInputStream> read)
    {
        using var part = new CodedInputStream(input.ReadBytes().ToByteArray());
        while (!part.IsAtEnd)
        {
            read(part);
        }
    }

    private nint Pinned()
    {
        _pinned = GC.AllocateArray<byte>(_content.Count, pinned: true);
        _content.CopyTo(_pinned);
        return Marshal.UnsafeAddrOfPinnedArrayElement(_pinned, 0);
    }

    private void Add<T>(T value) where T : unmanaged => _content.AddRange(MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value)));

    // Small whole numbers share a field of 32 bits.
    private void Add(int value, int type)
    {
        if (type == 6)
        {
            Add(value);
        }
        else
        {
            _content.Add((byte)value);
        }
    }
}
