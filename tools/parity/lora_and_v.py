"""Records what diffusers and PyTorch compute with a LoRA and with v-prediction on the recorded model.

    python tools/parity/lora_and_v.py test/fixtures/goldens/model/diffusers test/fixtures/lora

Writes the same random LoRA as kohya.safetensors and peft.safetensors (without the convolutions, which that form seldom has), and
lora.json / lora.bin with the outputs after a plain merge: W + strength * alpha / rank * up @ down.
"""

import sys
from pathlib import Path

import numpy as np
import torch
from diffusers import DDIMScheduler, UNet2DConditionModel
from safetensors.torch import save_file
from transformers import CLIPTextModel

from recording import write_recording

RANK = 4
ALPHA = 2.0
STRENGTHS = {"unet": 0.8, "text": -0.5}
TIMESTEP = 471

UNET_LAYERS = [
    f"{block}.transformer_blocks.0.{layer}"
    for block in ["down_blocks.0.attentions.0", "mid_block.attentions.0", "up_blocks.2.attentions.1", "up_blocks.3.attentions.2"]
    for layer in ["attn1.to_q", "attn1.to_out.0", "attn2.to_k", "ff.net.0.proj"]
]
CONVOLUTIONS = ["down_blocks.1.attentions.0.proj_in", "down_blocks.0.resnets.0.conv1", "up_blocks.3.resnets.2.conv_shortcut"]
TEXT_LAYERS = [f"text_model.encoder.layers.0.{layer}" for layer in ["self_attn.q_proj", "self_attn.v_proj", "mlp.fc1"]]


def pair(weight):
    down = torch.randn(RANK, *weight.shape[1:]) * 0.3
    up = torch.randn(weight.shape[0], RANK, *([1, 1] if weight.dim() == 4 else [])) * 0.3
    return down, up


def merge(network, pairs, strength, scale):
    weights = dict(network.named_parameters())
    for layer, (down, up) in pairs.items():
        weight = weights[f"{layer}.weight"]
        delta = (up.flatten(1) @ down.flatten(1)).reshape(weight.shape)
        weight.data += strength * scale * delta


def peft_layers(pairs):
    return {layer: both for layer, both in pairs.items() if layer not in CONVOLUTIONS}


def outputs(model, unet_pairs, text_pairs, scale, tokens, sample):
    unet = UNet2DConditionModel.from_pretrained(model / "unet")
    text = CLIPTextModel.from_pretrained(model / "text_encoder", use_safetensors=True)
    names = dict(text.named_parameters())
    prefix = "" if f"{TEXT_LAYERS[0]}.weight" in names else "text_model."
    text_pairs = {layer.removeprefix(prefix): both for layer, both in text_pairs.items()}
    merge(unet, unet_pairs, STRENGTHS["unet"], scale)
    merge(text, text_pairs, STRENGTHS["text"], scale)
    states = text(tokens.long()[None]).last_hidden_state
    return states, unet(sample, TIMESTEP, states).sample


def noise_of_v(model, sample, v):
    config = DDIMScheduler.from_pretrained(model / "scheduler").config
    scheduler = DDIMScheduler.from_config(config, prediction_type="v_prediction", clip_sample=False)
    scheduler.set_timesteps(1000)
    clean = scheduler.step(v, TIMESTEP, sample).pred_original_sample
    alpha = scheduler.alphas_cumprod[TIMESTEP]
    return (sample - alpha.sqrt() * clean) / (1 - alpha).sqrt()


def main():
    model, out = Path(sys.argv[1]), Path(sys.argv[2])
    out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(5)
    unet = dict(UNet2DConditionModel.from_pretrained(model / "unet").named_parameters())
    unet_pairs = {layer: pair(unet[f"{layer}.weight"]) for layer in UNET_LAYERS + CONVOLUTIONS}
    encoder = CLIPTextModel.from_pretrained(model / "text_encoder", use_safetensors=True)
    text = dict(encoder.named_parameters())
    find = lambda layer: text.get(f"{layer}.weight", text.get(f"{layer.removeprefix('text_model.')}.weight"))
    text_pairs = {layer: pair(find(layer)) for layer in TEXT_LAYERS}
    kohya, peft = {}, {}
    for prefix, pairs in [("lora_unet_", unet_pairs), ("lora_te_", text_pairs)]:
        for layer, (down, up) in pairs.items():
            name = prefix + layer.replace(".", "_")
            kohya[f"{name}.lora_down.weight"] = down
            kohya[f"{name}.lora_up.weight"] = up
            kohya[f"{name}.alpha"] = torch.tensor(ALPHA)
    for prefix, pairs in [("unet.", peft_layers(unet_pairs)), ("text_encoder.", text_pairs)]:
        for layer, (down, up) in pairs.items():
            peft[f"{prefix}{layer}.lora_A.weight"] = down
            peft[f"{prefix}{layer}.lora_B.weight"] = up
    kohya["lora_unet_nowhere_to_be_found.lora_down.weight"] = torch.zeros(RANK, 3)
    kohya["lora_unet_nowhere_to_be_found.lora_up.weight"] = torch.zeros(3, RANK)
    save_file(kohya, out / "kohya.safetensors")
    save_file(peft, out / "peft.safetensors")
    tokens = torch.tensor([62, 5, 9, 1, 5, 30] + 71 * [63], dtype=torch.int32)
    sample = torch.randn(1, 4, 16, 16)
    with torch.no_grad():
        arrays = {"tokens": tokens, "sample": sample}
        arrays["plain/text"], arrays["plain/noise"] = outputs(model, {}, {}, 0, tokens, sample)
        arrays["kohya/text"], arrays["kohya/noise"] = outputs(model, unet_pairs, text_pairs, ALPHA / RANK, tokens, sample)
        arrays["peft/text"], arrays["peft/noise"] = outputs(model, peft_layers(unet_pairs), text_pairs, 1, tokens, sample)
        arrays["v/noise"] = noise_of_v(model, sample, arrays["plain/noise"])
    meta = {"timestep": TIMESTEP, "strengths": STRENGTHS, "rank": RANK, "alpha": ALPHA}
    write_recording(str(out / "lora"), {key: value.numpy() for key, value in arrays.items()}, meta)
    for name in ["kohya", "peft"]:
        change = (arrays[f"{name}/noise"] - arrays["plain/noise"]).abs().max() / arrays["plain/noise"].abs().max()
        print(name, "changes the noise by", float(change))


main()
